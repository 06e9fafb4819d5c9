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
  const { title, tone, otherwise = "none" } = section;
  const heading = paint("title", tone ? paint(tone, title) : title);
  if (section.rows.length === 0) return [`${heading}: ${otherwise}`];
  const { columns, rows, widths } = fitting(section, width);
  const header = columns.map((text): Cell => ({ text, tone: "quiet" }));
  const shown = header.length > 0 ? [header, ...rows] : rows;
  return [heading, ...shown.flatMap((row) => rowText(row, widths, paint, width))];
}

interface Fitting {
  columns: string[];
  rows: Cell[][];
  widths: number[];
}

/** Breaks what columns are called, goes without as many columns as it can spare, and then breaks the widest cells. */
function fitting({ columns = [], rows, mayGo = [] }: Section, width = Number.POSITIVE_INFINITY): Fitting {
  const whole = columnWidths([columns, ...rows]);
  if (isWithin(whole, width)) return { columns, rows, widths: whole };
  const names = columns.map((name) => Math.max(...name.split(" ").map((word) => word.length)));
  const narrow = columnWidths(rows).map((each, index) => Math.max(each, names[index] ?? 0));
  if (isWithin(narrow, width)) return { columns, rows, widths: narrow };
  const [first, ...others] = mayGo;
  if (first === undefined) return { columns, rows, widths: shrunk(narrow, width) };
  const without = <T>(cells: T[]) => cells.filter((_, index) => columns[index] !== first);
  return fitting({ title: "", columns: without(columns), rows: rows.map(without), mayGo: others }, width);
}

const isWithin = (widths: number[], width: number) => indentOf(widths) + (widths.at(-1) ?? 0) <= width;

/** Where the last column begins. */
const indentOf = (widths: number[]) => 2 + widths.slice(0, -1).reduce((sum, each) => sum + each + 2, 0);

/** Text in the last column needs this much, and any other column that much. */
const textWidth = 40;
const leastWidth = 12;

/** Makes room for the last column at the expense of the widest others. */
function shrunk(widths: number[], width: number): number[] {
  const result = [...widths];
  const needed = Math.min(result.at(-1) ?? 0, textWidth);
  while (indentOf(result) + needed > width) {
    const widest = Math.max(...result.slice(0, -1));
    if (!(widest > leastWidth)) break;
    result[result.indexOf(widest)] = widest - 1;
  }
  return result;
}

function columnWidths(rows: Cell[][]): number[] {
  const count = Math.max(...rows.map((row) => row.length));
  return Array.from({ length: count }, (_, column) =>
    Math.max(...rows.map((row) => oneLine(row[column] ?? "").length)),
  );
}

function rowText(row: Cell[], widths: number[], paint: Paint, width: number | undefined): string[] {
  const last = row.at(-1) ?? "";
  const cells = row.slice(0, -1).map((cell, column) => ({ cell, room: widths[column] ?? 0 }));
  const lines = cells.map(({ cell, room }) => broken(oneLine(cell), room).flatMap((line) => pieces(line, room)));
  const indent = indentOf(widths.slice(0, row.length));
  const own = widths[row.length - 1] ?? 0;
  // Only what a column is called is wider than its column. Where it is too narrow for text, the terminal breaks that.
  const room = oneLine(last).length > own ? own : width && width - indent >= 20 ? width - indent : undefined;
  const text = broken([oneLine(last), ...links(row)].join(" "), room);
  const height = Math.max(text.length, ...lines.map(({ length }) => length));
  return Array.from({ length: height }, (_, index) => {
    const before = cells.map(({ cell, room }, column) => padded(cell, lines[column]?.[index] ?? "", paint, room));
    const line = text[index] ?? "";
    const shown = toned(last, line, paint);
    if (room === undefined || line.length <= room) return [`  ${[...before, shown].join("  ")}`.trimEnd()];
    // An ID or a link, which stays whole so that it can be copied.
    const own = " ".repeat(Math.max(2, (width ?? 0) - line.length)) + shown;
    return before.join("").trim() === "" ? [own] : [`  ${before.join("  ")}`.trimEnd(), own];
  }).flat();
}

const links = (row: Cell[]) => row.flatMap((cell) => (typeof cell === "object" && cell.link ? [cell.link] : []));

const padded = (cell: Cell, line: string, paint: Paint, width: number) =>
  (line === "" ? "" : toned(cell, line, paint)) + " ".repeat(Math.max(0, width - line.length));

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

/** A name without spaces that is wider than its column. */
const pieces = (word: string, width: number): string[] =>
  word.length <= width
    ? [word]
    : Array.from({ length: Math.ceil(word.length / width) }, (_, at) => word.slice(at * width, (at + 1) * width));

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
