import { type Cell, type Section, textOf } from "./section.js";

export function sectionMarkdown({ title, columns, rows, otherwise = "none" }: Section, level = 3): string[] {
  const heading = `${"#".repeat(level)} ${escaped(title)}`;
  if (rows.length === 0) return [heading, "", escaped(otherwise)];
  const width = Math.max(...rows.map((row) => row.length), columns?.length ?? 0);
  const line = (cells: Cell[]) =>
    `| ${Array.from({ length: width }, (_, index) => escaped(textOf(cells[index] ?? ""))).join(" | ")} |`;
  return [heading, "", line(columns ?? []), `|${" --- |".repeat(width)}`, ...rows.map(line)];
}

/** As text, whatever stands in it: a name or a message of Azure's is no markup. */
const escaped = (text: string) =>
  text
    .replace(/[\\`*_{}[\]<>|#~!&@]/g, "\\$&")
    .replace(/\s+/g, " ")
    // A link that we give stays one.
    .replace(/https?:\/\/\S+/g, (url) => url.replaceAll("\\", ""));
