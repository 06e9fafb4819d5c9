const maxCell = 500;

const escapes: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", "@": "@&#8203;", "#": "&#35;" };

/**
 * A text that stays a text in Markdown, in a table too: no cell ends, no HTML begins, nobody is mentioned, nothing is
 * linked. What is too long for a cell says so.
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
