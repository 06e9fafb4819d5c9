import { isAgreed, isAmong, type Judged } from "./agreement.js";
import { writtenAllTheSame } from "./answers.js";

/**
 * The pairs as a table: a row for each state before, a column for each after. `-`: both make the change. `no`: both
 * refuse it by the same rule; `late`: so too, but ours only at `up`, after a warning. Where they are not one: `ours`:
 * only we refuse; `theirs`: we write, and Azure refuses; `apart`: each refuses, or does, something else.
 */
export function tableOf(results: readonly Judged[]): string {
  const rows = [...new Set(results.map(({ pair }) => pair.from))];
  const columns = [...new Set(results.map(({ pair }) => pair.to))];
  const cell = (from: string, to: string) => {
    const found = results.filter(({ pair }) => pair.from === from && pair.to === to);
    return [...new Set(found.map(wordFor))].join("/");
  };
  const table = aligned([
    ["from \\ to", ...columns],
    ...rows.map((from) => [from, ...columns.map((to) => cell(from, to))]),
  ]);
  return `\n${table}\n`;
}

function wordFor(result: Judged): string {
  const { ours, azures, isLate } = result;
  if (!isAgreed(result)) {
    if (ours.includes(writtenAllTheSame)) return "theirs";
    return azures.length === 0 ? "ours" : "apart";
  }
  if (ours.length === 0) return "-";
  return isLate ? "late" : "no";
}

/** The pairs on which the two sides are not one, under what each side says. */
export function deviationsOf(results: readonly Judged[]): Record<string, string[]> {
  const deviations: Record<string, string[]> = {};
  for (const { pair, ours, azures, warnedOf } of results.filter((result) => !isAgreed(result))) {
    const said = (codes: string[]) => codes.join(" + ") || "makes it";
    const isWarned = azures.every((code) => isAmong(code, warnedOf));
    const writes = isWarned ? "warns and writes" : said(ours);
    const key = `ours ${ours.includes(writtenAllTheSame) ? writes : said(ours)}, Azure ${said(azures)}`;
    deviations[key] = [...(deviations[key] ?? []), `${pair.from} -> ${pair.to}`];
  }
  return deviations;
}

/** How many pairs both sides make, and how many both refuse by which rule of Azure's. */
export function countsOf(results: readonly Judged[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const result of results.filter(isAgreed)) {
    const what = result.azures[0] ?? "both make the change";
    counts[what] = (counts[what] ?? 0) + 1;
  }
  return counts;
}

/** Each column as wide as its longest cell. */
export function aligned(rows: string[][]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: string[]) => row.map((text, column) => text.padEnd(widths[column] ?? 0)).join(" | ");
  return rows.map((row) => line(row).trimEnd()).join("\n");
}
