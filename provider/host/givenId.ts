/**
 * The ID that somebody gives an import. It may be copied from the URL of a request, in which Azure's own clients encode the semicolons
 * in the names of protected items. In no ID of these types does a percent sign stand for itself.
 */
export function givenId(text: string): string {
  const id = decoded(text);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  if (id !== undefined && !/[%\x00-\x1f\x7f]/.test(id)) return id;
  throw new Error(
    `"${text}" is not an ID: its percent-encoding cannot be read. Use the ID as Azure shows it, not a URL.`,
  );
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
