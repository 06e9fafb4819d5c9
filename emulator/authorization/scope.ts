/** Scopes are paths: `/subscriptions/s` is above `/subscriptions/s/resourceGroups/g`. */
export function isAtOrAbove(upper: string, lower: string): boolean {
  const [above, below] = [upper.toLowerCase().replace(/\/$/, ""), lower.toLowerCase()];
  return below === above || below.startsWith(`${above}/`);
}
