import type { Report, ReviewedResource } from "../report.js";
import { escaped } from "./escape.js";
import { checkedLine, headline, propertyOf, type Row, rowsOf, stackOf } from "./findings.js";

/** The limit of a comment on GitHub; other platforms allow more. https://github.com/orgs/community/discussions/27190 */
const maxLength = 65_536;

const icons = { refuse: "⛔", unchecked: "❗", undecided: "❓", warn: "⚠️", clear: "✅" };

/**
 * The page for a pull request. Its first line is hidden, and the same for each run of one stack, so that a pipeline can
 * find its earlier comment. If the page would be too long, it says how much is missing.
 */
export function markdown(report: Report, limit = maxLength): string {
  const top = [
    `<!-- azure-backup review: ${stackOf(report).replaceAll("--", "-").replace(/[<>]/g, "")} -->`,
    `### ${icons[report.decision]} Azure Backup: ${headline(report)}`,
    ...(report.noAccess === undefined ? [] : ["", `The live vaults were not read. ${escaped(report.noAccess, 1_000)}`]),
  ];
  const sections = [
    failures(report),
    table("Refused", rowsOf(report, "refuse"), "refused changes"),
    unchecked(report),
    list("Warnings", rowsOf(report, "warn"), "warnings"),
    list("Undecided", rowsOf(report, "undecided"), "undecided findings"),
    notes(report),
    checked(report),
  ].filter((section) => section.lines.length > 0);
  return fitted(top, sections, limit);
}

/** Lines of which the last can be omitted, and the lines that frame them. */
interface Section {
  before: string[];
  lines: string[];
  after: string[];
  /** What a line is about, for the count of omitted lines. */
  what: string;
}

function table(title: string, rows: Row[], what: string): Section {
  return {
    before: [
      `**${title}**`,
      "",
      "| Vault | Property | From | To | Reason | Remediation | Rule |",
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
  `[${escaped(code)}](${link(source)})${evidence === "community" ? " (reported, not stated by Microsoft)" : ""}${accepted ? " (overridden by the program)" : ""}`;

const link = (url: string) => (/^https:\/\/[^\s()<>]+$/.test(url) ? url : "https://learn.microsoft.com/azure/backup/");

function unchecked({ resources }: Report): Section {
  const those = resources.filter((resource) => resource.unchecked !== undefined);
  const lines = those.map(
    ({ name, type, unchecked: why = "" }) => `- **${escaped(name)}** (${escaped(type)}): ${escaped(why)}`,
  );
  return { before: ["**Not checked**", ""], lines, after: [], what: "resources that were not checked" };
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
  return folded("Notes", lines, "notes", false);
}

function checked(report: Report): Section {
  const lines = report.resources.map((resource) => `- ${escaped(resource.name)}: ${planned(resource)}`);
  const section = folded("What was checked", lines, "resources", false);
  const before = [...section.before.slice(0, 2), checkedLine(report), ""];
  return { ...section, before, lines: lines.length > 0 ? lines : ["- no vaults"] };
}

const planned = ({ planned: action, type, provider, verdicts, unchecked: why }: ReviewedResource): string => {
  const said = why !== undefined ? "not checked" : verdicts.length === 0 ? "no findings" : "see above";
  return `${action} of ${escaped(type.split(":").at(-1) ?? type)} (${provider}), ${said}`;
};

function folded(title: string, lines: string[], what: string, isUnknownOrSecret: boolean): Section {
  return {
    before: [`<details${isUnknownOrSecret ? " open" : ""}><summary>${title} (${lines.length})</summary>`, ""],
    lines,
    after: ["", "</details>"],
    what,
  };
}

/** The most severe findings come first, so lines are omitted from the end. The page always says how many. */
function fitted(top: string[], sections: Section[], limit: number): string {
  const missing = (count: number, what: string) => `${count} more ${what} do not fit on this page.`;
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
