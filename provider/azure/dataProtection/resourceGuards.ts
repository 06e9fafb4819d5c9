import { apiVersion } from "../arm/apiVersions.js";
import type { ArmClient } from "../arm/armClient.js";
import { find, listAll } from "../arm/reads.js";
import type { OperationOptions } from "../http/deadline.js";
import { type Kind, listOf, type Of, object, optional, text } from "../reading/shapes.js";

/** https://learn.microsoft.com/rest/api/dataprotection/resource-guards/get */
const resourceGuard = {
  noun: "a resource guard",
  shape: object({ properties: object({ vaultCriticalOperationExclusionList: optional(listOf(text)) }) }),
} satisfies Kind<unknown>;
export type ResourceGuardResource = Of<typeof resourceGuard.shape>;

/** On a vault: which resource guard protects it. */
const resourceGuardProxy = {
  noun: "the link to a resource guard",
  shape: object({ properties: object({ resourceGuardResourceId: text }) }),
} satisfies Kind<unknown>;
export type ResourceGuardProxyResource = Of<typeof resourceGuardProxy.shape>;

export interface ResourceGuards {
  get(id: string, options: OperationOptions): Promise<ResourceGuardResource | undefined>;
}

export interface DppResourceGuardProxies {
  list(vaultId: string, options: OperationOptions): Promise<ResourceGuardProxyResource[]>;
}

export const createResourceGuards = (client: ArmClient): ResourceGuards => ({
  get: (id, options) => find(client, { path: id, apiVersion }, resourceGuard, options),
});

export const createResourceGuardProxies = (client: ArmClient): DppResourceGuardProxies => ({
  list: (vaultId, options) =>
    listAll(client, { path: `${vaultId}/backupResourceGuardProxies`, apiVersion }, resourceGuardProxy, options),
});

/** What a vault's resource guards leave unprotected. With several guards, what all of them leave. */
export async function readGuard(
  guards: ResourceGuards,
  ids: readonly string[],
  options: OperationOptions,
): Promise<{ excludedOperations: string[] }> {
  if (ids.length === 0) throw new Error("the vault does not name its resource guard.");
  const lists = await Promise.all(
    ids.map(async (id) => {
      const guard = await guards.get(id, options);
      if (!guard)
        throw new Error(`the resource guard ${id} does not exist, or the caller lacks the Reader role on it.`);
      return guard.properties.vaultCriticalOperationExclusionList ?? [];
    }),
  );
  const [first = [], ...others] = lists;
  const isIn = (list: string[], name: string) => list.some((each) => each.toLowerCase() === name.toLowerCase());
  return { excludedOperations: first.filter((name) => others.every((list) => isIn(list, name))) };
}
