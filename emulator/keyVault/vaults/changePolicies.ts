import type { ArmResource } from "../../armResource.js";
import type { Call } from "../../http/operation.js";
import type { KeyVaultRecord } from "../records.js";

/** What the new policies grant beyond the old ones takes effect after the same delay as a role assignment. */
export function changePolicies(
  { settings, now }: Call<never>,
  vault: KeyVaultRecord,
  accessPolicies: ArmResource[],
): void {
  const { formerPolicies, body } = vault;
  const before =
    formerPolicies && formerPolicies.until > now ? formerPolicies.accessPolicies : body.properties.accessPolicies;
  if (JSON.stringify(before) !== JSON.stringify(accessPolicies)) {
    vault.formerPolicies = { accessPolicies: before, until: now + settings.permissionDelayMs };
  }
  vault.previousPolicies = body.properties.accessPolicies;
  body.properties.accessPolicies = accessPolicies;
}
