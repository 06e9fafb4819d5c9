export type Tone = "good" | "bad" | "attention" | "quiet";

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
