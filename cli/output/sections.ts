import { Option } from "commander";
import { escaped, printable } from "../../review/pages/escape.js";
import { type Paint, paintFor, type Tone } from "./terminal.js";

/** One cell of what is shown, and how it is meant: colours come from that. */
export type Cell = string | { text: string; tone?: Tone; link?: string };

/** A part of an answer, whatever format it is shown in. */
export interface Section {
  title: string;
  tone?: Tone;
  /** Absent: the first column names what the others hold. */
  columns?: string[];
  /** The columns that a terminal that is too narrow goes without, in this order. */
  mayGo?: readonly string[];
  rows: Cell[][];
  /** Said where there are no rows. */
  otherwise?: string;
}

export const textOf = (cell: Cell): string => (typeof cell === "string" ? cell : cell.text);

/** A section for a terminal: columns under each other, the last one broken at the terminal's width. */
export function sectionText(section: Section, paint: Paint, width?: number): string[] {
  const { title, tone, columns, rows, otherwise = "none" } = fitting(section, width);
  const heading = paint("title", tone ? paint(tone, title) : title);
  if (rows.length === 0) return [`${heading}: ${otherwise}`];
  const shown: Cell[][] = [...(columns ? [columns.map((text) => ({ text, tone: "quiet" }) as const)] : []), ...rows];
  const widths = columnWidths(shown);
  return [heading, ...shown.flatMap((row) => rowText(row, widths, paint, width))];
}

/** Without as many columns as make it too wide. */
function fitting({ columns = [], rows, mayGo = [], ...section }: Section, width = Number.POSITIVE_INFINITY): Section {
  const whole = { ...section, rows, ...(columns.length > 0 && { columns }) };
  const [first, ...others] = mayGo;
  if (first === undefined) return whole;
  if (columnWidths([columns, ...rows]).reduce((sum, each) => sum + each + 2, 0) <= width) return whole;
  const without = <T>(cells: T[]) => cells.filter((_, index) => columns[index] !== first);
  return fitting({ ...section, columns: without(columns), rows: rows.map(without), mayGo: others }, width);
}

function columnWidths(rows: Cell[][]): number[] {
  const count = Math.max(...rows.map((row) => row.length));
  return Array.from({ length: count }, (_, column) =>
    Math.max(...rows.map((row) => oneLine(row[column] ?? "").length)),
  );
}

function rowText(row: Cell[], widths: number[], paint: Paint, width: number | undefined): string[] {
  const last = row.length - 1;
  const before = row.slice(0, last).map((cell, column) => painted(cell, paint, widths[column] ?? 0));
  const indent = 2 + widths.slice(0, last).reduce((sum, each) => sum + each + 2, 0);
  // Too narrow for a column of text: the terminal breaks it then.
  const room = width && width - indent >= 30 ? width - indent : undefined;
  const lines = broken([oneLine(row[last] ?? ""), ...links(row)].join(" "), room);
  return lines
    .map((text) => toned(row[last], text, paint))
    .map((line, index) => (index === 0 ? `  ${[...before, line].join("  ")}` : " ".repeat(indent) + line).trimEnd());
}

const links = (row: Cell[]) => row.flatMap((cell) => (typeof cell === "object" && cell.link ? [cell.link] : []));

const painted = (cell: Cell, paint: Paint, width: number) =>
  toned(cell, oneLine(cell), paint) + " ".repeat(Math.max(0, width - oneLine(cell).length));

const toned = (cell: Cell | undefined, text: string, paint: Paint) =>
  typeof cell === "object" && cell.tone ? paint(cell.tone, text) : text;

const oneLine = (cell: Cell) => printable(textOf(cell));

function broken(text: string, width: number | undefined): string[] {
  if (width === undefined) return [text];
  const lines: string[] = [""];
  for (const word of text.split(" ")) {
    const line = lines.at(-1) ?? "";
    if (line === "") lines[lines.length - 1] = word;
    else if (line.length + 1 + word.length <= width) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}

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

export type Format = "text" | "json" | "markdown";

export const formatOption = (formats: readonly Format[]): Option =>
  new Option("--format <format>", "output format").choices(formats).default("text");

/** @param json what the format `json` shows; it gets a version, so that programs can rely on it */
export function shownAs(format: Format, sections: readonly Section[], json: object, stream = process.stdout): string {
  if (format === "json") return JSON.stringify({ version: 1, ...json }, undefined, 2);
  const paint = paintFor(stream);
  const width = stream.isTTY ? stream.columns : undefined;
  return sections
    .map((section) => (format === "markdown" ? sectionMarkdown(section) : sectionText(section, paint, width)))
    .map((lines) => lines.join("\n"))
    .join("\n\n");
}
