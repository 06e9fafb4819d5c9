import type { Report, ReviewedResource } from "../report.js";
import { type Block, type Group, notesOf, type Rule, type Said, type Section, sectionsOf } from "./blocks.js";
import { cut, escaped, escapedPart, maxText, withoutCommands } from "./escape.js";
import { checkedLine, counted, headline, labelsOf, listed, stackOf } from "./headline.js";
import { controlName, postureLine, postureTitle, weaknesses } from "./posture.js";

/** The limit of a comment on GitHub; other platforms allow more. https://github.com/orgs/community/discussions/27190 */
const maxLength = 65_536;

/** Names of changes about which there is the same to say. The list of what was checked has all of them. */
const maxNames = 30;

/** A folded part with at most so many changes is shown open. */
const maxOpen = 3;

const icons = { refuse: "⛔", unchecked: "❗", undecided: "❓", warn: "⚠️", clear: "✅" };
const words = { refuse: "Refused", undecided: "Undecided", warn: "Warning" };

/**
 * The page for a pull request. Its first line is hidden, and the same for each run of one stack, so that a pipeline can
 * find its earlier comment. If the page would be too long, it says how much is missing.
 */
export function markdown(report: Report, limit = maxLength): string {
  const top = [
    `<!-- azure-backup review: ${stackOf(report).replaceAll("--", "-").replace(/[<>]/g, "")} -->`,
    `### ${icons[report.decision]} Azure Backup: ${escaped(headline(report))}`,
    ...(report.noAccess === undefined ? [] : ["", `The live vaults were not read. ${escaped(report.noAccess)}`]),
  ];
  const parts = [
    failures(report),
    ...sectionsOf(report).map(findings),
    notes(report),
    checked(report),
    posture(report),
  ];
  return withoutCommands(
    fitted(
      top,
      parts.filter((part) => part.entries.length > 0),
      limit,
    ),
  );
}

/** Entries of which the last can be omitted, and the lines that frame them. */
interface Part {
  before: string[];
  entries: { text: string; count: number }[];
  after: string[];
}

function findings({ title, isOpen, blocks }: Section): Part {
  const entries = blocks.map((block) => ({ text: `${blockOf(block)}\n`, count: block.names.length }));
  const count = entries.reduce((sum, each) => sum + each.count, 0);
  return isOpen ? { before: [`**${title}**`, ""], entries, after: [] } : folded(title, entries, count <= maxOpen);
}

function blockOf({ noun, names, deed, unchecked, groups }: Block): string {
  const who = listed(names, maxNames, (name) => `**${escaped(name)}**`);
  const lines = groups.flatMap(linesOf);
  if (unchecked) lines.unshift(`- ${icons.unchecked} Not checked. ${sentence(unchecked)}`);
  if (lines.length === 0) lines.push("- No findings.");
  return [`${noun ? `${escaped(noun)} ` : ""}${who} ${deed}`, "", ...lines].join("\n");
}

/** An item for each finding, and after the last of a group what to do. */
function linesOf({ decision, findings: those, remediation }: Group): string[] {
  return those.map(({ facts, reasons }, at) => {
    const fact = facts.length > 0 ? `: ${facts.map((each) => escaped(each)).join("; ")}` : "";
    const whys = reasons.map(({ said, rules }) => `${sentence(said)} (${rules.map(ruleOf).join(", ")})`);
    const todo = at === those.length - 1 ? [`**What to do:** ${sentence(remediation)}`] : [];
    return [`- ${icons[decision]} ${words[decision]}${fact}`, ...whys, ...todo].join("<br>");
  });
}

function sentence(said: Said): string {
  if ("sentence" in said) return withCode(said.sentence);
  return said.asFor === "" ? "As above." : `As for ${escaped(said.asFor)} above.`;
}

/** Arguments and commands in back-ticks as code, where nothing in them could mean anything else. */
const withCode = (text: string): string =>
  cut(text, maxText)
    .split(/(`[\w.:" -]+`)/)
    .map((part, at) => (at % 2 === 1 ? part : escapedPart(part)))
    .join("");

const ruleOf = ({ code, source, evidence, accepted }: Rule): string =>
  `[${escaped(code)}](${link(source)})${evidence === "community" ? ", reported, not stated by Microsoft" : ""}${accepted ? ", overridden by the program" : ""}`;

const link = (url: string) => (/^https:\/\/[^\s()<>]+$/.test(url) ? url : "https://learn.microsoft.com/azure/backup/");

function failures({ failures: those }: Report): Part {
  return {
    before: ["**The preview is incomplete**, so there may be changes that this page does not show:", ""],
    entries: those.map((message) => ({ text: `- ${escaped(message)}`, count: 1 })),
    after: [],
  };
}

function notes(report: Report): Part {
  const entries = notesOf(report).map(({ names, note }) => ({
    text: `- ${listed(names, maxNames, (name) => `**${escaped(name)}**`)}: ${escaped(note)}`,
    count: 1,
  }));
  return folded("Notes", entries, false);
}

function checked(report: Report): Part {
  const label = labelsOf(report.resources);
  const entries = report.resources.map((resource) => ({
    text: `- ${escaped(label(resource))}: ${planned(resource)}`,
    count: 1,
  }));
  const part = folded("What was checked", entries, false);
  const before = [...part.before.slice(0, 2), checkedLine(report), ""];
  return { ...part, before, entries: entries.length > 0 ? entries : [{ text: "- no vaults", count: 0 }] };
}

/** It is not about what changes, so it stands last and folded. */
function posture(report: Report): Part {
  if (!report.posture) return { before: [], entries: [], after: [] };
  const entries = weaknesses(report).map(({ property, value, names, asked }) => {
    const who = listed(names, maxNames, (name) => `**${escaped(name)}**`);
    const wishes = asked.map(({ values, controls }) => {
      const links = controls.map((control) => `[${escaped(controlName(control))}](${link(control.url)})`);
      return `Asked for: ${escaped(values)} (${links.join(", ")})`;
    });
    return { text: `- ${escaped(property)}: ${escaped(value)}, ${who}<br>${wishes.join("<br>")}`, count: names.length };
  });
  const part = folded(postureTitle, entries, false);
  const before = [...part.before.slice(0, 2), postureLine(report), ""];
  return { ...part, before, entries: entries.length > 0 ? entries : [{ text: "- nothing", count: 0 }] };
}

const planned = ({ planned: action, runs, type, provider, verdicts, unchecked: why }: ReviewedResource): string => {
  const said = why !== undefined ? "not checked" : verdicts.length === 0 ? "no findings" : "see above";
  return `${runs ? "run" : action} of ${escaped(type.split(":").at(-1) ?? type)} (${provider}), ${said}`;
};

function folded(title: string, entries: Part["entries"], isOpen: boolean): Part {
  const count = entries.reduce((sum, each) => sum + each.count, 0);
  return {
    before: [`<details${isOpen ? " open" : ""}><summary>${title} (${count})</summary>`, ""],
    entries,
    after: ["", "</details>"],
  };
}

/**
 * The gravest comes first, so entries are omitted from the end: once one does not fit, none after it stands on the page.
 * A later one may refer to it. Every part says how many are missing.
 */
function fitted(top: string[], parts: Part[], limit: number): string {
  const missing = (count: number) => `${counted(count, "more entry does", "more entries do")} not fit on this page.`;
  const countOf = (entries: Part["entries"]) => entries.reduce((sum, each) => sum + each.count, 0);
  const lengthOf = (lines: string[]) => lines.reduce((sum, line) => sum + line.length + 1, 0);
  const frame = ({ before, entries, after }: Part) => [...before, "", missing(countOf(entries)), ...after, ""];
  let room = limit - lengthOf(top) - parts.reduce((sum, part) => sum + lengthOf(frame(part)), 0) - 1;
  const body = parts.flatMap(({ before, entries, after }) => {
    const end = entries.findIndex(({ text }) => {
      room -= text.length + 1;
      return room < 0;
    });
    const fitting = end === -1 ? entries : entries.slice(0, end);
    const left = countOf(entries) - countOf(fitting);
    return ["", ...before, ...fitting.map(({ text }) => text), ...(left > 0 ? ["", missing(left)] : []), ...after];
  });
  return `${[...top, ...body].join("\n").replace(/\n{3,}/g, "\n\n")}\n`;
}
