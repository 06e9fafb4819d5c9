import { styleText } from "node:util";

/** How what is shown is meant: colours come from that. */
export type Tone = "good" | "bad" | "attention" | "quiet";

export type Paint = (style: Tone | "title", text: string) => string;

const styles = { good: "green", bad: "red", attention: "yellow", quiet: "dim", title: "bold" } as const;

export function paintFor(stream: { isTTY?: boolean }, env: NodeJS.ProcessEnv = process.env): Paint {
  const isOn = isColoured(stream, env);
  return (style, text) => (isOn ? styleText(styles[style], text, { validateStream: false }) : text);
}

/**
 * Colours for a terminal only, or where FORCE_COLOR asks for them, and never where NO_COLOR is set.
 * https://no-color.org, https://force-color.org
 */
export function isColoured(stream: { isTTY?: boolean }, env: NodeJS.ProcessEnv = process.env): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== "0";
  return stream.isTTY === true && env.TERM !== "dumb";
}

/** One line that is written over, on a terminal only. */
export function progressOn(stream: { isTTY?: boolean; write(text: string): unknown }) {
  const write = (text: string) => stream.isTTY && stream.write(`\r\u001b[K${text}`);
  return { show: (text: string) => void write(text), clear: () => void write("") };
}
