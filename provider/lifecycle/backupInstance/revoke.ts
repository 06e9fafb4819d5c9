import { isArmError } from "../../azure/index.js";
import type { Context } from "../../host/context.js";
import { isSameId } from "../../instances/armId.js";
import type { BackupInstanceInputs } from "../../instances/backupInstance.js";
import { isTrustedAccessBinding } from "../../instances/cluster.js";
import { readInstance } from "../../instances/liveInstance.js";
import { neededRoles } from "../../instances/roles.js";
import { assignmentAt } from "../keyAccess/roles.js";
import { messageOf } from "../run/facts.js";
import { principalIn, readNeeds } from "./needs.js";
import { notRevoked } from "./roleWording.js";

/*
 * What this package granted for an instance goes when nothing needs it any more. Role assignments have names that follow from scope,
 * principal and role, so what is needed is told from what is not by name, and an assignment of anybody else is never touched.
 */

/**
 * After an update: revokes what was granted to another identity than the instance now uses, and no other instance of the vault needs.
 * A cluster's trusted access is the vault's, whichever identity is used.
 *
 * @param inputs with the identity that it now uses
 * @param granted what this package has granted for the instance, at any time
 * @returns what of it is left
 */
export async function revokeUnneeded(
  context: Context,
  inputs: BackupInstanceInputs,
  granted: readonly string[],
  deadline: number,
): Promise<string[]> {
  if (granted.length === 0) return [];
  const { principals, cluster } = await readNeeds(context.azure(), inputs, deadline);
  // Earlier backups in the vault need their roles by any policy.
  const roles = neededRoles({ ...inputs, ...cluster, isVaulted: true });
  // An identity that is not known may need any of them.
  if (roles.some(({ holder }) => principals[holder] === undefined)) return [...granted];
  const needed = roles.map(({ scope, id, holder }) => assignmentAt(scope, principals[holder] ?? "", id));
  const isOwn = (id: string) => isTrustedAccessBinding(id) || needed.some((each) => isSameId(each, id));
  const others = granted.filter((id) => !isOwn(id));
  if (others.length === 0) return [...granted];
  const isNeeded = await neededByOthers(context, inputs.vault, inputs.instanceId, deadline);
  const left = granted.filter(isOwn);
  for (const id of others) {
    if (isNeeded(id)) left.push(id);
    else if (!(await isRevoked(context, inputs, id, deadline))) left.push(id);
  }
  return left;
}

/** Whoever may not revoke it learns of it, and the deletion of the instance tries it again. */
async function isRevoked(context: Context, inputs: BackupInstanceInputs, id: string, deadline: number) {
  try {
    await context.azure().keyRights.roleAssignments.delete(id, { deadline });
    return true;
  } catch (error) {
    if (!isArmError(error) || error.status !== 403) throw error;
    await context.warn(notRevoked(inputs, id, messageOf(error)));
    return false;
  }
}

/**
 * After a deletion: revokes what was granted and no other instance of the vault needs. Instances of one vault share the
 * assignments of its identity: those on the group of their snapshots have one name.
 */
export async function revokeRoles(
  context: Context,
  { vault, instanceId }: BackupInstanceInputs,
  granted: readonly string[],
  deadline: number,
): Promise<void> {
  if (granted.length === 0) return;
  const azure = context.azure();
  const isNeeded = await neededByOthers(context, vault, instanceId, deadline);
  for (const id of granted) {
    if (isTrustedAccessBinding(id)) await azure.clusters.distrust(id, { deadline });
    else if (!isNeeded(id)) await azure.keyRights.roleAssignments.delete(id, { deadline });
  }
}

/** Whether another instance of the vault needs a role assignment of the vault's identity. What is not known counts as needed. */
async function neededByOthers(
  context: Context,
  vault: string,
  instanceId: string,
  deadline: number,
): Promise<(id: string) => boolean> {
  const azure = context.azure();
  const all = await azure.backupInstances.list(vault, { deadline }).catch((error: unknown) => {
    if (isArmError(error) && error.status === 404) return [];
    throw error;
  });
  const others = all.filter(({ id }) => !isSameId(id, instanceId)).map(readInstance);
  if (others.length === 0) return () => false;
  const live = await azure.backupVault(vault, { deadline });
  const needed = await Promise.all(
    others.map(async ({ dataSource, dataSourceId, snapshotResourceGroupId, identity, unread }) => {
      if (unread.length > 0 || dataSource === undefined || dataSourceId === undefined) return undefined;
      const principalId = await principalIn(azure, live, identity, deadline).catch(() => undefined);
      const source = { dataSource, dataSourceId, ...(snapshotResourceGroupId && { snapshotResourceGroupId }) };
      const roles = neededRoles({ ...source, isVaulted: true }).filter(({ holder }) => holder === "vault");
      return principalId && roles.map(({ scope, id }) => assignmentAt(scope, principalId, id));
    }),
  );
  return (assignmentId) => needed.some((ids) => !ids || ids.some((id) => isSameId(id, assignmentId)));
}
