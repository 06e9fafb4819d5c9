import type { ResourceGuards } from "../dataProtection/resourceGuards.js";
import type { OperationOptions } from "../within.js";

/** What a vault's resource guards leave unprotected. With several guards, what all of them leave. */
export async function readGuard(
  guards: ResourceGuards,
  ids: readonly string[],
  within: OperationOptions,
): Promise<{ excludedOperations: string[] }> {
  if (ids.length === 0) throw new Error("the vault shows no resource guard.");
  const lists = await Promise.all(
    ids.map(async (id) => {
      const guard = await guards.get(id, within);
      if (!guard) throw new Error(`the resource guard ${id} cannot be seen.`);
      return guard.properties.vaultCriticalOperationExclusionList ?? [];
    }),
  );
  const [first = [], ...others] = lists;
  const isIn = (list: string[], name: string) => list.some((each) => each.toLowerCase() === name.toLowerCase());
  return { excludedOperations: first.filter((name) => others.every((list) => isIn(list, name))) };
}
