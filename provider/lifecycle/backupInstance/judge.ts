import { type Azure, instanceFrom, previewDeadline } from "../../azure/index.js";
import type { Context } from "../../host/context.js";
import { type BackupInstanceInputs, whenRemoved } from "../../instances/backupInstance.js";
import { type Fact, instanceDeleted, instanceReplaced, judgeDependency, type Verdict } from "../../rules/index.js";
import { definitions, readVault } from "../../vaults/definitions.js";
import { forRules, liveState, type Vault } from "../../vaults/ruleVault.js";
import { nameIn } from "../../vaults/vaultId.js";
import { messageOf } from "../run/facts.js";

const definition = definitions.BackupVault;

/**
 * What a replacement of an instance means for its backups.
 *
 * @param changed the arguments with another value, for which Azure has no update
 * @param open those whose new value is not known yet
 */
export async function judgeReplacement(
  context: Context,
  old: BackupInstanceInputs,
  changed: readonly string[],
  open: readonly string[],
): Promise<Verdict[]> {
  const deletesBackups = whenRemoved(old) === "delete";
  const replaced = judgeDependency(instanceReplaced, "replace", { changed, open, deletesBackups });
  if (!deletesBackups || changed.length === 0) return replaced;
  const { deadline } = previewDeadline();
  return [...replaced, ...(await judgeDeletion(context.azure(), old, "replace", deadline))];
}

/** What a deletion leaves of the backups, by the live vault. */
export async function judgeDeletion(
  azure: Azure,
  { vault: vaultId, instanceId }: Pick<BackupInstanceInputs, "vault" | "instanceId">,
  operation: "delete" | "replace",
  deadline: number,
): Promise<Verdict[]> {
  const vault = await liveVault(azure, vaultId, deadline);
  const mayBeLocked = "value" in vault && ![undefined, "Disabled"].includes(vault.value.immutability as string);
  return judgeDependency(instanceDeleted, operation, {
    kind: "BackupVault",
    vaultName: nameIn(vaultId),
    vault,
    isOperational: mayBeLocked && (await isOperational(azure, instanceId, deadline)),
  });
}

async function liveVault(azure: Azure, vaultId: string, deadline: number): Promise<Fact<Vault>> {
  try {
    const live = await azure.backupVaults.get(vaultId, { deadline });
    if (!live) return { unreadable: `${vaultId} returned 404.` };
    return { value: forRules(definition, readVault(definition, vaultId, live), liveState.BackupVault(live)) };
  } catch (error) {
    return { unreadable: messageOf(error) };
  }
}

/** Whether all its backups are next to their source, by its policy. Not known counts as no. */
async function isOperational(azure: Azure, instanceId: string, deadline: number): Promise<boolean> {
  try {
    const found = await azure.backupInstances.get(instanceId, { deadline });
    const policyId = found?.properties.policyInfo?.policyId;
    const policy = policyId === undefined ? undefined : await azure.backupPolicies.get(policyId, { deadline });
    if (!found || !policy) return false;
    const { dataStoreTypes = [] } = instanceFrom(found, [policy], "");
    return dataStoreTypes.length > 0 && dataStoreTypes.every((type) => /^operationalstore$/i.test(type));
  } catch {
    return false;
  }
}
