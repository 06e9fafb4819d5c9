const maxCell = 500;

const escapes: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", "@": "@&#8203;", "#": "&#35;" };

/**
 * Text that Markdown shows as it is, also in a table: it ends no cell, starts no HTML, mentions nobody and links nothing.
 * A text that is too long for a cell is cut, and says so.
 */
export function escaped(text: string, maxLength = maxCell): string {
  const characters = [...text.replace(/[\p{Cc}\p{Cf}\s]+/gu, " ").trim()];
  const isLong = characters.length > maxLength;
  const shown = isLong ? characters.slice(0, maxLength).join("") : characters.join("");
  const safe = shown
    .replace(/[\\`*_[\]|~!]/g, "\\$&")
    .replace(/[&<>@#]/g, (each) => escapes[each] ?? each)
    .replace(/(https?|ftp):\/\/|www\./gi, (each) => each.replace(/[:.]/, "$&&#8203;"));
  return isLong ? `${safe}… (${characters.length - maxLength} more characters)` : safe;
}

/** Without control characters, because text from a preview or from Azure must not control the terminal. */
export const printable = (words: string) => words.replace(/[\p{Cc}\p{Cf}\s]+/gu, " ").trim();
