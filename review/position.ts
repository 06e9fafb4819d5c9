import type { State } from "./preview/step.js";
import type { Position } from "./report.js";

/** `project:///src/index.ts#5,9`. What lies outside the project is nobody's to look at. */
export function positionOf(...states: (State | undefined)[]): Position | undefined {
  const [, file, line, column] =
    /^project:\/\/\/(.+)#(\d+),(\d+)$/.exec(states.find(Boolean)?.sourcePosition ?? "") ?? [];
  if (!file || file.startsWith("..")) return undefined;
  return { file, line: Number(line), column: Number(column) };
}
