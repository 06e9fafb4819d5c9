import { type GuardedOperation, guardedOperations, isAmong } from "../../vaults/guardedOperations.js";
import type { VaultKind } from "../../vaults/vaultId.js";
import { apiVersion } from "../arm/apiVersions.js";
import type { ArmClient } from "../arm/armClient.js";
import { findListed, untilGone } from "../arm/findListed.js";
import { deleteToEnd, writeToEnd } from "../arm/operations.js";
import { listAll, read } from "../arm/reads.js";
import type { OperationOptions } from "../http/deadline.js";
import { type Kind, listOf, type Of, object, optional, tags, text } from "../reading/shapes.js";
import type { ResourceGuardProxyResource } from "./resourceGuardProxies.js";

/** https://learn.microsoft.com/rest/api/dataprotection/resource-guards/get */
const shape = {
  location: optional(text),
  tags: optional(tags),
  properties: object({
    vaultCriticalOperationExclusionList: optional(listOf(text)),
    /** What it protects, read-only. */
    resourceGuardOperations: optional(listOf(object({ vaultCriticalOperation: optional(text) }))),
  }),
};
const resourceGuard = { noun: "a resource guard", shape: object(shape) } satisfies Kind<unknown>;
const listedGuard = { noun: "a resource guard", shape: object({ ...shape, id: text }) } satisfies Kind<unknown>;
export type ResourceGuardResource = Of<typeof resourceGuard.shape>;

export interface ResourceGuards {
  /** Undefined where there is none, by its own 404 and by the list of its group. */
  get(id: string, options: OperationOptions): Promise<ResourceGuardResource | undefined>;
  createOrUpdate(id: string, body: ResourceGuardResource, options: OperationOptions): Promise<void>;
  /** Returns when the guard is gone. */
  delete(id: string, options: OperationOptions): Promise<void>;
}

export function createResourceGuards(client: ArmClient): ResourceGuards {
  const get = (id: string, options: OperationOptions): Promise<ResourceGuardResource | undefined> =>
    findListed<ResourceGuardResource>({
      path: id,
      get: () => read(client, { path: id, apiVersion }, resourceGuard, options),
      list: () => listAll(client, { path: id.slice(0, id.lastIndexOf("/")), apiVersion }, listedGuard, options),
    });

  return {
    get,
    createOrUpdate: (id, body, options) => writeToEnd(client, { method: "PUT", path: id, apiVersion, body }, options),
    async delete(id, options) {
      await deleteToEnd(client, { path: id, apiVersion }, options);
      await untilGone(id, get, options);
    },
  };
}

/** What protects a vault. */
export interface VaultGuard {
  /** The ARM IDs of its resource guards. Empty: it has none. */
  ids: string[];
  /** What they leave unprotected, by its ARM names. */
  excludedOperations: string[];
  /** The requests that the vault itself lists, by the operation's ARM name in lower case. */
  requests: Record<string, string>;
}

/**
 * What a vault's resource guards leave unprotected. With several guards, what all of them leave. Of a guard that cannot be read, as
 * in another tenant, the vault itself lists what it protects.
 */
export async function readGuard(
  guards: ResourceGuards,
  proxies: readonly ResourceGuardProxyResource[],
  kind: VaultKind,
  options: OperationOptions,
): Promise<VaultGuard> {
  const lists = await Promise.all(
    proxies.map(async ({ properties }) => {
      const listed = Object.keys(requestsIn(properties));
      const without = (isLeftOut: (of: GuardedOperation) => boolean) =>
        guardedOperations[kind]
          .filter((each) => isLeftOut(each) && !isAmong(listed, each.operation))
          .map(({ operation }) => operation);
      try {
        const excluded = await exclusionsOf(guards, properties.resourceGuardResourceId, options);
        return [...excluded, ...without(({ isIfListed }) => isIfListed)];
      } catch (error) {
        if (listed.length === 0) throw error;
        return without(({ isMandatory, isUnlisted }) => !isMandatory && !isUnlisted);
      }
    }),
  );
  const [first = [], ...others] = lists;
  return {
    ids: proxies.map(({ properties }) => properties.resourceGuardResourceId),
    excludedOperations: first.filter((name) => others.every((list) => isAmong(list, name))),
    requests: Object.assign({}, ...proxies.map(({ properties }) => requestsIn(properties))),
  };
}

function requestsIn({ resourceGuardOperationDetails = [] }: ResourceGuardProxyResource["properties"]) {
  const pairs = resourceGuardOperationDetails.map(({ vaultCriticalOperation = "", defaultResourceRequest = "" }) => [
    vaultCriticalOperation.toLowerCase(),
    defaultResourceRequest,
  ]);
  return Object.fromEntries(pairs.filter(([operation]) => operation !== "")) as Record<string, string>;
}

async function exclusionsOf(guards: ResourceGuards, id: string, options: OperationOptions): Promise<string[]> {
  const guard = await guards.get(id, options);
  if (!guard) throw new Error(`the resource guard ${id} does not exist, or the caller lacks the Reader role on it.`);
  return guard.properties.vaultCriticalOperationExclusionList ?? [];
}
