/** How many there are of each: equal items become one with a `count`, in the order of their text. */
export function tally<T extends object>(items: readonly T[]): (T & { count: number })[] {
  const counts = new Map<string, T & { count: number }>();
  for (const item of items) {
    const key = JSON.stringify(item);
    const known = counts.get(key);
    counts.set(key, { ...item, count: (known?.count ?? 0) + 1 });
  }
  return [...counts.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, counted]) => counted);
}
