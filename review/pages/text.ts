import { styleText } from "node:util";
import type { Report } from "../report.js";
import { printable } from "./escape.js";
import { checkedLine, headline, propertyOf, type Row, rowsOf, stackOf } from "./findings.js";

type Style = Parameters<typeof styleText>[0];

/** The page for a terminal. */
export function text(report: Report, { colour = false }: { colour?: boolean } = {}): string {
  const paint = (style: Style, words: string) => (colour ? styleText(style, words, { validateStream: false }) : words);
  const stack = stackOf(report);
  const styles: Record<Report["decision"], Style> = {
    refuse: ["bold", "red"],
    unchecked: ["bold", "red"],
    undecided: ["bold", "yellow"],
    warn: ["bold", "yellow"],
    clear: ["bold", "green"],
  };
  const top = paint(
    styles[report.decision],
    `Azure Backup${stack ? `, ${printable(stack)}` : ""}: ${headline(report)}`,
  );

  const entry = (style: Style) => (row: Row) => {
    const { verdict, resource } = row;
    const move = verdict.from || verdict.to ? `: ${verdict.from} → ${verdict.to}` : "";
    const reported = verdict.evidence === "community" ? " (reported, not stated by Microsoft)" : "";
    const accepted = verdict.accepted ? " (overridden by the program)" : "";
    return [
      `  ${paint(style, printable(resource.name))}  ${printable(`${propertyOf(row)}${move}`)}`,
      `    ${printable(verdict.reason)}`,
      `    Remediation: ${printable(verdict.remediation)}`,
      `    ${paint("dim", `${verdict.code}${reported}${accepted}  ${verdict.source}`)}`,
    ].join("\n");
  };
  const section = (title: string, entries: string[]) =>
    entries.length > 0 ? [`${paint("bold", title)}\n${entries.join("\n\n")}`] : [];
  const unchecked = report.resources.filter((resource) => resource.unchecked !== undefined);
  const notes = report.resources.flatMap(({ name, notes: those }) =>
    those.map((note) => `  ${printable(name)}  ${printable(note)}`),
  );
  return `${[
    top,
    ...section(
      "The preview ended early, so there may be changes that are not shown here",
      report.failures.map((message) => `  ${printable(message)}`),
    ),
    ...(report.noAccess === undefined ? [] : [`The live vaults were not read. ${printable(report.noAccess)}`]),
    ...section("Refused", rowsOf(report, "refuse").map(entry(["bold", "red"]))),
    ...section(
      "Not checked",
      unchecked.map(
        ({ name, type, unchecked: why = "" }) => `  ${printable(name)} (${printable(type)})  ${printable(why)}`,
      ),
    ),
    ...section("Warnings", rowsOf(report, "warn").map(entry("yellow"))),
    ...section("Undecided", rowsOf(report, "undecided").map(entry("yellow"))),
    ...section("Notes", notes),
    checkedLine(report),
  ].join("\n\n")}\n`;
}
