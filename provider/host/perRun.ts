import type { Context } from "./context.js";

/** What one run of Pulumi remembers: its context lives as long as the provider's process, which serves one run. */
export function perRun<T>(begin: () => T): (context: Context) => T {
  const memory = new WeakMap<Context, T>();
  return (context) => {
    const known = memory.get(context) ?? begin();
    memory.set(context, known);
    return known;
  };
}
