/** A document is an object, its fields are at depth 1, and the elements of its lists are at depth 2. */
export const depthOfElements = 2;

const quote = 0x22;
const backslash = 0x5c;
export const openBrace = 0x7b;
const closeBrace = 0x7d;
export const openBracket = 0x5b;
const closeBracket = 0x5d;

/**
 * Finds the brackets of documents and of the values in them, in a text that comes in pieces, but none in quotes or inside of
 * values.
 */
export function bracketFinder() {
  let piece: Uint8Array = new Uint8Array();
  /** The first byte that is not searched. */
  let start = 0;
  let depth = 0;
  let isQuoted = false;

  /** Goes on to the next piece, once all brackets in the one before are found. */
  function search(next: Uint8Array): void {
    // Not to 0 if the first byte is escaped by the last one of the piece before.
    start -= piece.length;
    piece = next;
  }

  /** The place of the next bracket. Undefined if the piece has no more of them. */
  function next(): number | undefined {
    const bytes = piece;
    let at = isQuoted ? endOfText(start) : start;
    while (at < bytes.length) {
      const byte = bytes[at] as number;
      at += 1;
      if (byte === quote) at = endOfText(at);
      // Most of the bytes outside of quotes are blanks.
      else if (byte >= openBracket) {
        const isOpened = byte === openBrace || byte === openBracket;
        if (!isOpened && byte !== closeBrace && byte !== closeBracket) continue;
        const outer = isOpened ? depth : depth - 1;
        depth = isOpened ? depth + 1 : outer;
        if (outer > depthOfElements) continue;
        start = at;
        return at - 1;
      }
    }
    start = at;
    return undefined;
  }

  /** The place after the quote that ends a text, behind the piece if it does not end in it. */
  function endOfText(from: number): number {
    const bytes = piece;
    let at = from;
    while (at < bytes.length && bytes[at] !== quote) at += bytes[at] === backslash ? 2 : 1;
    isQuoted = at >= bytes.length;
    return isQuoted ? at : at + 1;
  }

  /** Passes over the value of which `next` has found the first bracket. */
  function passTo(end: number): void {
    depth -= 1;
    start = end;
  }

  return { search, next, passTo };
}
