/** A version as Azure writes them: a date, and for a preview a word behind it. */
const form = /^(\d{4}-\d{2}-\d{2})(-(?:preview|alpha|beta|rc|privatepreview))?$/;

/**
 * The version that a request is served by, of those that are known, oldest first: the one that it asks for, or for one
 * that is newer than all of them the newest. Clients are updated more often than an emulator. Undefined: it never was.
 */
export function servedVersion(given: string, known: readonly string[]): string | undefined {
  const asked = given.toLowerCase();
  if (known.includes(asked)) return asked;
  const newest = known.at(-1);
  if (newest === undefined || !isDate(asked) || !isNewer(asked, newest)) return undefined;
  return isPreview(asked) ? newest : known.findLast((version) => !isPreview(version));
}

function isDate(version: string): boolean {
  const [, date] = form.exec(version) ?? [];
  const time = new Date(`${date}T00:00:00Z`);
  // Of the 31st of June, Date makes the 1st of July.
  return date !== undefined && !Number.isNaN(time.getTime()) && time.toISOString().startsWith(date);
}

/** On one day, a preview is older than what it is the preview of. */
function isNewer(version: string, than: string): boolean {
  const [date, other] = [version.slice(0, 10), than.slice(0, 10)];
  return date > other || (date === other && !isPreview(version) && isPreview(than));
}

const isPreview = (version: string): boolean => /[a-z]/.test(version);
