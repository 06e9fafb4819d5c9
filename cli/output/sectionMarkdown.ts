import { escaped } from "../../review/pages/escaped.js";
import { type Cell, type Section, textOf } from "./section.js";

export function sectionMarkdown({ title, columns, rows, otherwise = "none" }: Section): string[] {
  const heading = `### ${escaped(title)}`;
  if (rows.length === 0) return [heading, "", escaped(otherwise)];
  const width = Math.max(...rows.map((row) => row.length), columns?.length ?? 0);
  const line = (cells: Cell[]) => `| ${Array.from({ length: width }, (_, index) => shown(cells[index])).join(" | ")} |`;
  return [heading, "", line(columns ?? []), `|${" --- |".repeat(width)}`, ...rows.map(line)];
}

function shown(cell: Cell = ""): string {
  const text = escaped(textOf(cell), 1_000);
  return typeof cell === "object" && cell.link ? `[${text}](${cell.link})` : text;
}
