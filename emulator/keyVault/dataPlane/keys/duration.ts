const pattern = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?$/i;

/** An ISO 8601 duration in whole days, months and years, as rotation policies have them. */
export function isDuration(text: string): boolean {
  return text.length > 1 && pattern.test(text);
}

/** Unix seconds at which a key expires that is made now. */
export function expiryAfter(duration: string | undefined, now: number): number | undefined {
  if (!duration) return undefined;
  const [years = 0, months = 0, days = 0] = (pattern.exec(duration) ?? []).slice(1).map((part) => Number(part ?? 0));
  const date = new Date(now);
  date.setUTCFullYear(date.getUTCFullYear() + years, date.getUTCMonth() + months, date.getUTCDate() + days);
  return Math.floor(date.getTime() / 1000);
}
