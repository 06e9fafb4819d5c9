import { kindOf, type VaultKind } from "../../vaults/vaultId.js";
import { apiVersion, recoveryServicesBackupApiVersion } from "../arm/apiVersions.js";
import { type ArmClient, operationName } from "../arm/armClient.js";
import { deleteToEnd, writeToEnd } from "../arm/operations.js";
import { listAll } from "../arm/reads.js";
import { type OperationOptions, pause, remainingMs } from "../http/deadline.js";
import { OperationTimeout } from "../http/errors.js";
import { type Kind, listOf, type Of, object, optional, text } from "../reading/shapes.js";

/**
 * On a vault: which resource guard protects it, and the requests for what it protects.
 * https://learn.microsoft.com/rest/api/dataprotection/dpp-resource-guard-proxy/list
 * https://learn.microsoft.com/rest/api/backup/resource-guard-proxies/get
 */
const resourceGuardProxy = {
  noun: "the link to a resource guard",
  shape: object({
    id: optional(text),
    properties: object({
      resourceGuardResourceId: text,
      resourceGuardOperationDetails: optional(
        listOf(object({ vaultCriticalOperation: optional(text), defaultResourceRequest: optional(text) })),
      ),
    }),
  }),
} satisfies Kind<unknown>;
export type ResourceGuardProxyResource = Of<typeof resourceGuardProxy.shape>;

/** Of vaults of either kind: two services with the same paths, bodies and behaviour. */
export interface ResourceGuardProxies {
  /**
   * Whether a vault has one, this list says. To a GET of one that is not there, the service of Recovery Services vaults
   * answers with a 404 that does not say what is missing: https://github.com/Azure/terraform-provider-azapi/issues/122
   */
  list(vaultId: string, options: OperationOptions): Promise<ResourceGuardProxyResource[]>;
  createOrUpdate(proxy: ProxyOfVault, guardId: string, options: OperationOptions): Promise<void>;
  /**
   * For half an hour, the proxy may be deleted, or what else the guard protects.
   *
   * @param resourceId what will be deleted
   */
  unlockDelete(
    proxy: ProxyOfVault,
    requests: readonly string[],
    options: OperationOptions,
    resourceId?: string,
  ): Promise<void>;
  /** Returns when the vault no longer lists it. */
  delete(proxy: ProxyOfVault, options: OperationOptions): Promise<void>;
}

export interface ProxyOfVault {
  id: string;
  vaultId: string;
}

const apiVersions: Record<VaultKind, string> = {
  BackupVault: apiVersion,
  RecoveryServicesVault: recoveryServicesBackupApiVersion,
};

export function createResourceGuardProxies(client: ArmClient): ResourceGuardProxies {
  const list = (vaultId: string, options: OperationOptions) =>
    listAll(
      client,
      { path: `${vaultId}/backupResourceGuardProxies`, apiVersion: apiVersions[kindOf(vaultId)] },
      resourceGuardProxy,
      options,
    );

  const versionOf = ({ vaultId }: ProxyOfVault): string => apiVersions[kindOf(vaultId)];

  return {
    list,
    createOrUpdate(proxy, guardId, options) {
      const body = { properties: { resourceGuardResourceId: guardId } };
      return writeToEnd(client, { method: "PUT", path: proxy.id, apiVersion: versionOf(proxy), body }, options);
    },
    unlockDelete(proxy, requests, options, resourceId = proxy.id) {
      const body = { resourceGuardOperationRequests: requests, resourceToBeDeleted: resourceId };
      const path = `${proxy.id}/unlockDelete`;
      return writeToEnd(client, { method: "POST", path, apiVersion: versionOf(proxy), body }, options);
    },
    async delete(proxy, options) {
      await deleteToEnd(client, { path: proxy.id, apiVersion: versionOf(proxy) }, options);
      const isThere = async () =>
        (await list(proxy.vaultId, options)).some(({ id }) => id?.toLowerCase() === proxy.id.toLowerCase());
      for (let waitMs = 100; await isThere(); waitMs = Math.min(waitMs * 2, 10_000)) {
        const operation = operationName("DELETE", proxy.id);
        if (remainingMs(options) <= waitMs) throw new OperationTimeout(operation, proxy.id, true, proxy.id);
        await pause(waitMs, options);
      }
    },
  };
}

/** The ARM IDs of the resource guards that protect a vault. */
export const guardIdsOf = async (
  proxies: ResourceGuardProxies,
  vaultId: string,
  options: OperationOptions,
): Promise<string[]> =>
  (await proxies.list(vaultId, options)).map(({ properties }) => properties.resourceGuardResourceId);
