import { protectionPoliciesApiVersion as apiVersion } from "../arm/apiVersions.js";
import type { ArmClient } from "../arm/armClient.js";
import { untilGone } from "../arm/findListed.js";
import { findInVault } from "../arm/inVault.js";
import { deleteToEnd, writeToEnd } from "../arm/operations.js";
import { listAll } from "../arm/reads.js";
import type { OperationOptions } from "../http/deadline.js";
import { type Kind, type Of, object, text } from "../reading/shapes.js";
import type { RecoveryServicesVaults } from "./recoveryServicesVaults.js";

/** https://learn.microsoft.com/rest/api/backup/protection-policies/get */
const protectionPolicy = {
  noun: "a backup policy",
  shape: object({ id: text, name: text, properties: object({ backupManagementType: text }) }),
} satisfies Kind<unknown>;
export type ProtectionPolicyResource = Of<typeof protectionPolicy.shape>;

export interface ProtectionPolicies {
  get(id: string, options: OperationOptions): Promise<ProtectionPolicyResource | undefined>;
  list(vaultId: string, options: OperationOptions): Promise<ProtectionPolicyResource[]>;
  /** Returns when Azure has ended it: a policy in use is applied to what uses it. */
  createOrUpdate(id: string, body: object, options: OperationOptions): Promise<ProtectionPolicyResource>;
  /** Succeeds also where there is no such policy. */
  delete(id: string, options: OperationOptions): Promise<void>;
}

/** @param vaults tells whether a 404 is about the policy or about its vault */
export function createProtectionPolicies(
  client: ArmClient,
  vaults: Pick<RecoveryServicesVaults, "get">,
): ProtectionPolicies {
  const list: ProtectionPolicies["list"] = (vaultId, options) =>
    listAll(client, { path: `${vaultId}/backupPolicies`, apiVersion }, protectionPolicy, options);

  const get: ProtectionPolicies["get"] = (id, options) =>
    findInVault<ProtectionPolicyResource>(
      client,
      vaults,
      id,
      protectionPolicy,
      (vaultId) => list(vaultId, options),
      options,
      apiVersion,
    );

  return {
    get,
    list,

    async createOrUpdate(id, body, options) {
      await writeToEnd(client, { method: "PUT", path: id, apiVersion, body }, options);
      const found = await get(id, options);
      if (found) return found;
      throw new Error(`Azure reported ${id} as written, and does not find it.`);
    },

    async delete(id, options) {
      await deleteToEnd(client, { path: id, apiVersion }, options);
      await untilGone(id, get, options);
    },
  };
}
