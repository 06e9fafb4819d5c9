import { Option } from "commander";
import { paintFor } from "./paint.js";
import type { Section } from "./section.js";
import { sectionMarkdown } from "./sectionMarkdown.js";
import { sectionText } from "./sectionText.js";

export type Format = "text" | "json" | "markdown";

export const formatOption = (formats: readonly Format[]): Option =>
  new Option("--format <format>", "how to show it").choices(formats).default("text");

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
