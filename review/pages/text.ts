import { styleText } from "node:util";
import type { Report } from "../report.js";
import { headline, lookedAt, stackOf } from "./headline.js";
import { printable } from "./printable.js";
import { propertyOf, type Row, rowsOf } from "./rows.js";

type Style = Parameters<typeof styleText>[0];

/** The page for a terminal. */
export function text(report: Report, { colour = false }: { colour?: boolean } = {}): string {
  const paint = (style: Style, words: string) => (colour ? styleText(style, words, { validateStream: false }) : words);
  const stack = stackOf(report);
  const styles: Record<Report["decision"], Style> = {
    refuse: ["bold", "red"],
    unjudged: ["bold", "red"],
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
    const accepted = verdict.accepted ? " (accepted by the program)" : "";
    return [
      `  ${paint(style, printable(resource.name))}  ${printable(`${propertyOf(row)}${move}`)}`,
      `    ${printable(verdict.reason)}`,
      `    Instead: ${printable(verdict.remediation)}`,
      `    ${paint("dim", `${verdict.code}${reported}${accepted}  ${verdict.source}`)}`,
    ].join("\n");
  };
  const section = (title: string, entries: string[]) =>
    entries.length > 0 ? [`${paint("bold", title)}\n${entries.join("\n\n")}`] : [];
  const unjudged = report.resources.filter((resource) => resource.unjudged !== undefined);
  const notes = report.resources.flatMap(({ name, notes: those }) =>
    those.map((note) => `  ${printable(name)}  ${printable(note)}`),
  );
  return `${[
    top,
    ...section(
      "The preview ended early, so there may be changes that are not shown here",
      report.failures.map((message) => `  ${printable(message)}`),
    ),
    ...(report.noAccess === undefined ? [] : [`Azure was not asked. ${printable(report.noAccess)}`]),
    ...section("Refused", rowsOf(report, "refuse").map(entry(["bold", "red"]))),
    ...section(
      "Not judged",
      unjudged.map(
        ({ name, type, unjudged: why = "" }) => `  ${printable(name)} (${printable(type)})  ${printable(why)}`,
      ),
    ),
    ...section("Warnings", rowsOf(report, "warn").map(entry("yellow"))),
    ...section("Undecided", rowsOf(report, "undecided").map(entry("yellow"))),
    ...section("Also worth knowing", notes),
    lookedAt(report),
  ].join("\n\n")}\n`;
}
