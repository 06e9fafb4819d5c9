import { styleText } from "node:util";
import type { Tone } from "./section.js";

export type Paint = (style: Tone | "title", text: string) => string;

const styles = { good: "green", bad: "red", attention: "yellow", quiet: "dim", title: "bold" } as const;

/** Colours for a terminal only, and not where NO_COLOR is set: https://no-color.org */
export function paintFor(stream: { isTTY?: boolean }, env: NodeJS.ProcessEnv = process.env): Paint {
  const isColoured = stream.isTTY === true && !env.NO_COLOR && env.TERM !== "dumb";
  return (style, text) => (isColoured ? styleText(styles[style], text, { validateStream: false }) : text);
}
