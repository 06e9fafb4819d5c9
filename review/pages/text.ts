import { styleText } from "node:util";
import type { Report } from "../report.js";
import { type Block, type Group, notesOf, type Rule, type Said, sectionsOf } from "./blocks.js";
import { printable, withoutCommands } from "./escape.js";
import { checkedLine, headline, listed, stackOf } from "./headline.js";
import { controlName, postureLine, postureTitle, type Weakness, weaknesses } from "./posture.js";

type Style = Parameters<typeof styleText>[0];

const width = 80;
const maxNames = 30;

const styles: Record<Report["decision"], Style> = {
  refuse: ["bold", "red"],
  unchecked: ["bold", "red"],
  undecided: ["bold", "yellow"],
  warn: ["bold", "yellow"],
  clear: ["bold", "green"],
};
const words = { refuse: "Refused", undecided: "Undecided", warn: "Warning" };

/** The page for a terminal of 80 columns. */
export function text(report: Report, { colour = false }: { colour?: boolean } = {}): string {
  const paint = (style: Style, lines: string) => (colour ? styleText(style, lines, { validateStream: false }) : lines);
  const stack = stackOf(report);
  const title = `Azure Backup${stack ? `, ${printable(stack)}` : ""}: ${headline(report)}`;
  const part = (name: string, entries: string[]) =>
    entries.length > 0 ? [`${paint("bold", wrapped(name, ""))}\n${entries.join("\n")}`] : [];

  const blockOf = ({ noun, names, deed, unchecked, groups }: Block): string => {
    const lines = groups.flatMap(groupLines);
    if (unchecked)
      lines.unshift(`${paint(styles.unchecked, "    Not checked")}\n${wrapped(said(unchecked), "      ")}`);
    if (lines.length === 0) lines.push("    No findings.");
    const heading = `${noun ? `${noun} ` : ""}${listed(names, maxNames)} ${deed}`;
    return [paint("bold", wrapped(heading, "  ")), ...lines, ""].join("\n");
  };
  const groupLines = ({ decision, findings, remediation }: Group): string[] => [
    ...findings.flatMap(({ facts, reasons }) => [
      paint(styles[decision], wrapped([words[decision], facts.join("; ")].filter(Boolean).join(": "), "    ")),
      ...reasons.flatMap((reason) => [
        wrapped(said(reason.said), "      "),
        ...reason.rules.map((rule) => paint("dim", wrapped(ruleOf(rule), "      "))),
      ]),
    ]),
    wrapped(`What to do: ${said(remediation)}`, "      "),
  ];

  return withoutCommands(
    [
      `${paint(styles[report.decision], wrapped(title, ""))}\n`,
      ...part(
        "The preview is incomplete, so there may be changes that are not shown here",
        report.failures.map((message) => `${wrapped(message, "  ")}\n`),
      ),
      ...(report.noAccess === undefined
        ? []
        : [`${wrapped(`The live vaults were not read. ${report.noAccess}`, "")}\n`]),
      ...sectionsOf(report).flatMap(({ title: name, blocks }) => part(name, blocks.map(blockOf))),
      ...part(
        "Notes",
        notesOf(report).map(({ names, note }) => `${wrapped(`${listed(names, maxNames)}: ${note}`, "  ")}\n`),
      ),
      `${wrapped(checkedLine(report), "")}\n`,
      ...(report.posture
        ? [...part(postureTitle, weaknesses(report).map(weaknessLines)), `${wrapped(postureLine(report), "")}\n`]
        : []),
    ].join("\n"),
  );
}

const weaknessLines = ({ property, value, names, asked }: Weakness): string =>
  [
    wrapped(`${property}: ${value}, ${listed(names, maxNames)}`, "  "),
    ...asked.map(({ values, controls }) =>
      wrapped(`Asked for: ${values} (${controls.map(controlName).join(", ")})`, "    "),
    ),
    "",
  ].join("\n");

function said(words_: Said): string {
  if ("sentence" in words_) return words_.sentence;
  return words_.asFor === "" ? "As above." : `As for ${words_.asFor} above.`;
}

const ruleOf = ({ code, source, evidence, accepted }: Rule): string =>
  `${code}${evidence === "community" ? " (reported, not stated by Microsoft)" : ""}${accepted ? " (overridden by the program)" : ""} ${source}`;

/** Printable text in lines of the terminal's width. A word that is longer stays whole, because it may be a link. */
function wrapped(words_: string, indent: string): string {
  const lines: string[] = [];
  for (const word of printable(words_).split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && indent.length + last.length + 1 + word.length <= width) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else lines.push(word);
  }
  return lines.map((line) => indent + line).join("\n");
}
