import type { ArmClient } from "../armClient.js";
import { find, listAll } from "../reads.js";
import type { Within } from "../within.js";
import { apiVersion } from "./apiVersion.js";

/** https://learn.microsoft.com/rest/api/dataprotection/resource-guards/get */
export interface ResourceGuardResource {
  id: string;
  name: string;
  properties: { vaultCriticalOperationExclusionList?: string[] };
}

/** On a vault: which resource guard protects it. */
export interface ResourceGuardProxyResource {
  id: string;
  name: string;
  properties: { resourceGuardResourceId?: string };
}

export interface ResourceGuards {
  get(id: string, within: Within): Promise<ResourceGuardResource | undefined>;
}

export interface DppResourceGuardProxies {
  list(vaultId: string, within: Within): Promise<ResourceGuardProxyResource[]>;
}

export const createResourceGuards = (client: ArmClient): ResourceGuards => ({
  get: (id, within) => find(client, { path: id, apiVersion }, within),
});

export const createResourceGuardProxies = (client: ArmClient): DppResourceGuardProxies => ({
  list: (vaultId, within) => listAll(client, { path: `${vaultId}/backupResourceGuardProxies`, apiVersion }, within),
});
