import { operation } from "../../http/operation.js";
import { ok } from "../../http/reply.js";
import { requestBody } from "../../http/requestBody.js";
import { invalidParameter, recoveryError } from "../../recoveryServices/recoveryError.js";
import { requireVault } from "../../recoveryServices/vaultPath.js";
import { vaultSettings } from "../../recoveryServices/vaultSettings.js";
import { itemsOfPolicy, policyPath, showPolicy } from "./path.js";
import { isShortened, retentionShape } from "./retention.js";
import { withDates } from "./times.js";

export const createOrUpdate = operation({
  name: "ProtectionPolicies_CreateOrUpdate",
  method: "PUT",
  path: policyPath,
  answer(call) {
    const vault = requireVault(call);
    const { properties } = requestBody(call.request, {
      properties: { backupManagementType: "string", retentionPolicy: retentionShape },
    });
    if (properties === undefined) throw invalidParameter("properties");
    if (properties.backupManagementType === undefined) throw invalidParameter("backupManagementType");
    const { policyName: name } = call.params;
    const before = vault.policies.get(name.toLowerCase());
    const isImmutable = vaultSettings(vault.body).immutability !== "Disabled";
    if (before !== undefined && isImmutable && itemsOfPolicy(vault, before.id).length > 0) {
      if (isShortened(before.properties.retentionPolicy, properties.retentionPolicy)) throw operationDenied();
    }
    const policy = {
      id: before?.id ?? `${vault.body.id}/backupPolicies/${name}`,
      name: before?.name ?? name,
      type: "Microsoft.RecoveryServices/vaults/backupPolicies",
      properties: withDates(properties, call.now),
    };
    vault.policies.set(name.toLowerCase(), policy);
    return ok(showPolicy(vault, policy));
  },
});

/** The code: Azure/azure-rest-api-specs#32688. */
export function operationDenied() {
  return recoveryError(
    400,
    "UserErrorOperationDeniedOnImmutableItem",
    "The vault is immutable: what would reduce the retention of recovery points is denied.",
  );
}
