import type { ArmClient } from "../armClient.js";
import type { Kind } from "../reading/kind.js";
import { listOf, type Of, object, optional, text } from "../reading/shapes.js";
import { find, listAll } from "../reads.js";
import type { OperationOptions } from "../within.js";
import { apiVersion } from "./apiVersion.js";

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
  get(id: string, within: OperationOptions): Promise<ResourceGuardResource | undefined>;
}

export interface DppResourceGuardProxies {
  list(vaultId: string, within: OperationOptions): Promise<ResourceGuardProxyResource[]>;
}

export const createResourceGuards = (client: ArmClient): ResourceGuards => ({
  get: (id, within) => find(client, { path: id, apiVersion }, resourceGuard, within),
});

export const createResourceGuardProxies = (client: ArmClient): DppResourceGuardProxies => ({
  list: (vaultId, within) =>
    listAll(client, { path: `${vaultId}/backupResourceGuardProxies`, apiVersion }, resourceGuardProxy, within),
});
