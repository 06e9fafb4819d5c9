/**
 * Makes a result fit for the engine: its Struct conversion throws on `undefined`, functions and bigints, nested too
 * (https://github.com/pulumi/pulumi/issues/2962), and turns `NaN` into null.
 */
export function sanitize(value: Record<string, unknown>): Record<string, unknown> {
  return clean(value) as Record<string, unknown>;
}

function clean(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(clean).filter((item) => item !== undefined);
  if (value === null || typeof value !== "object") {
    return ["string", "number", "boolean"].includes(typeof value) || value === null ? value : undefined;
  }
  const entries = Object.entries(value).map(([key, item]) => [key, clean(item)] as const);
  return Object.fromEntries(entries.filter(([, item]) => item !== undefined));
}
