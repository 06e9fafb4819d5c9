export const maxText = 1_000;

const escapes: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", "@": "@&#8203;", "#": "&#35;" };

/**
 * Text that Markdown shows as it is: it starts no list or table, no HTML, mentions nobody and links nothing.
 */
export const escaped = (text: string, maxLength = maxText): string => escapedPart(cut(text, maxLength));

/** A part of a text that is printable and not too long. */
export const escapedPart = (text: string): string =>
  text
    .replace(/[\\`*_[\]|~!]/g, "\\$&")
    .replace(/[&<>@#]/g, (each) => escapes[each] ?? each)
    .replace(/(https?|ftp):\/\/|www\./gi, (each) => each.replace(/[:.]/, "$&&#8203;"));

/** Without control characters, because text from a preview or from Azure must not control the terminal. */
export const printable = (words: string): string => words.replace(/[\p{Cc}\p{Cf}\s]+/gu, " ").trim();

/** Printable text of at most so many characters. A text that is longer ends in an ellipsis. */
export function cut(text: string, maxLength: number): string {
  const characters = [...printable(text)];
  if (characters.length <= maxLength) return characters.join("");
  return `${characters.slice(0, maxLength - 1).join("")}…`;
}

/**
 * A page whose lines a pipeline does not take for commands. GitHub runs a line that begins with `::`, also after spaces;
 * GitHub and Azure DevOps run `##[...]` and `##vso[...]` anywhere in a line.
 * https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
export const withoutCommands = (page: string): string =>
  page.replace(/^(\s*):(?=:)/gm, "$1: ").replace(/##(?=\[|vso\[)/gi, "# #");
