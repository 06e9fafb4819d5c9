import type { Report, ReviewedResource } from "../report.js";
import { escaped } from "./escaped.js";
import { headline, lookedAt, stackOf } from "./headline.js";
import { propertyOf, type Row, rowsOf } from "./rows.js";

/** A comment on GitHub holds as much; other platforms hold more. https://github.com/orgs/community/discussions/27190 */
const maxLength = 65_536;

const icons = { refuse: "⛔", unjudged: "❗", undecided: "❓", warn: "⚠️", clear: "✅" };

/**
 * The page for a pull request. Its first line is hidden, and the same for each run of one stack: by it a pipeline
 * finds its earlier comment. Where the page would be too long, it says how much is missing.
 */
export function markdown(report: Report, limit = maxLength): string {
  const top = [
    `<!-- azure-backup review: ${stackOf(report).replaceAll("--", "-").replace(/[<>]/g, "")} -->`,
    `### ${icons[report.decision]} Azure Backup: ${headline(report)}`,
    ...(report.noAccess === undefined ? [] : ["", `Azure was not asked. ${escaped(report.noAccess, 1_000)}`]),
  ];
  const sections = [
    failures(report),
    table("Refused", rowsOf(report, "refuse"), "refused changes"),
    unjudged(report),
    list("Warnings", rowsOf(report, "warn"), "warnings"),
    list("Undecided", rowsOf(report, "undecided"), "undecided questions"),
    notes(report),
    looked(report),
  ].filter((section) => section.lines.length > 0);
  return fitted(top, sections, limit);
}

/** Lines that may be left out from the end, between lines that belong together. */
interface Section {
  before: string[];
  lines: string[];
  after: string[];
  /** What a line is, as a count names it. */
  what: string;
}

function table(title: string, rows: Row[], what: string): Section {
  return {
    before: [
      `**${title}**`,
      "",
      "| Vault | Property | From | To | Why | Instead | Rule |",
      "| --- | --- | --- | --- | --- | --- | --- |",
    ],
    lines: rows.map((row) => {
      const { verdict, resource } = row;
      const cells = [resource.name, propertyOf(row), verdict.from, verdict.to, verdict.reason, verdict.remediation];
      return `| ${cells.map((cell) => escaped(cell)).join(" | ")} | ${rule(row)} |`;
    }),
    after: [],
    what,
  };
}

function list(title: string, rows: Row[], what: string): Section {
  const lines = rows.map((row) => {
    const { verdict, resource } = row;
    const move = verdict.from || verdict.to ? `: ${escaped(verdict.from)} → ${escaped(verdict.to)}` : "";
    const said = `${escaped(verdict.reason, 1_000)} ${escaped(verdict.remediation, 1_000)}`;
    return `- **${escaped(resource.name)}** ${escaped(propertyOf(row))}${move}. ${said} ${rule(row)}`;
  });
  return folded(title, lines, what, rows.length <= 5);
}

const rule = ({ verdict: { code, source, evidence, accepted } }: Row): string =>
  `[${escaped(code)}](${link(source)})${evidence === "community" ? " (reported, not stated by Microsoft)" : ""}${accepted ? " (accepted by the program)" : ""}`;

const link = (url: string) => (/^https:\/\/[^\s()<>]+$/.test(url) ? url : "https://learn.microsoft.com/azure/backup/");

function unjudged({ resources }: Report): Section {
  const those = resources.filter((resource) => resource.unjudged !== undefined);
  const lines = those.map(
    ({ name, type, unjudged: why = "" }) => `- **${escaped(name)}** (${escaped(type)}): ${escaped(why)}`,
  );
  return { before: ["**Not judged**", ""], lines, after: [], what: "resources that could not be judged" };
}

function failures({ failures: those }: Report): Section {
  const lines = those.map((message) => `- ${escaped(message, 1_000)}`);
  return {
    before: ["**The preview ended early**, so there may be changes that this page does not show:", ""],
    lines,
    after: [],
    what: "errors of the preview",
  };
}

function notes({ resources }: Report): Section {
  const lines = resources.flatMap(({ name, notes: those }) =>
    those.map((note) => `- **${escaped(name)}** ${escaped(note, 1_000)}`),
  );
  return folded("Also worth knowing", lines, "notes", false);
}

function looked(report: Report): Section {
  const lines = report.resources.map((resource) => `- ${escaped(resource.name)}: ${planned(resource)}`);
  const section = folded("What was looked at", lines, "resources", false);
  const before = [...section.before.slice(0, 2), lookedAt(report), ""];
  return { ...section, before, lines: lines.length > 0 ? lines : ["- no vault"] };
}

const planned = ({ planned: does, type, provider, verdicts, unjudged: why }: ReviewedResource): string => {
  const said = why !== undefined ? "not judged" : verdicts.length === 0 ? "nothing to say" : "see above";
  return `${does} of ${escaped(type.split(":").at(-1) ?? type)} (${provider}), ${said}`;
};

function folded(title: string, lines: string[], what: string, isOpen: boolean): Section {
  return {
    before: [`<details${isOpen ? " open" : ""}><summary>${title} (${lines.length})</summary>`, ""],
    lines,
    after: ["", "</details>"],
    what,
  };
}

/** What comes first is the gravest, so what is left out is left out from the end; how much, is always said. */
function fitted(top: string[], sections: Section[], limit: number): string {
  const missing = (count: number, what: string) => `${count} more ${what} do not fit into this page.`;
  const frame = (section: Section) => [
    ...section.before,
    "",
    missing(section.lines.length, section.what),
    ...section.after,
    "",
  ];
  const lengthOf = (lines: string[]) => lines.reduce((sum, line) => sum + line.length + 1, 0);
  let room = limit - lengthOf(top) - sections.reduce((sum, section) => sum + lengthOf(frame(section)), 0) - 1;
  const body = sections.flatMap((section) => {
    const fitting: string[] = [];
    for (const line of section.lines) {
      if (line.length + 1 > room) break;
      room -= line.length + 1;
      fitting.push(line);
    }
    const left = section.lines.length - fitting.length;
    return [
      "",
      ...section.before,
      ...fitting,
      ...(left > 0 ? ["", missing(left, section.what)] : []),
      ...section.after,
    ];
  });
  return `${[...top, ...body].join("\n")}\n`;
}
