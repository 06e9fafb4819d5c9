import { type AzureFacts, definitionAt, isArmError, pause, previewDeadline } from "../../azure/index.js";
import type { Context } from "../../host/context.js";
import type { BackupInstanceInputs } from "../../instances/backupInstance.js";
import { readInstance } from "../../instances/backupInstance.js";
import { type NeededRole, neededRoles } from "../../instances/roles.js";
import { durationMs } from "../../vaults/sharedSettings.js";
import { isUnknown } from "../../vaults/unknowns.js";
import { assignmentAt } from "../keyAccess/roles.js";
import { messageOf, recentReads } from "../run/facts.js";
import { assignedTo } from "../run/program.js";
import type { Prerequisites } from "../vault/prerequisites.js";
import { cannotGrantRole, missingRoles, noIdentityOfVault, rolesNotRead, waitsForRoles } from "./roleWording.js";

/*
 * The roles of the vault's identity at what an instance backs up. Azure Backup itself looks at them only after it has accepted an
 * instance, which then stays unprotected; so they are looked at before anything is sent.
 */

const defaultPermissionMs = 10 * 60_000;

/** A list may still be without a role that was assigned a moment ago, by this program or another. */
const untilListedMs = 60_000;

/** The roles that are missing, and those of which it is not known. */
async function look(facts: AzureFacts, needed: readonly NeededRole[], principalId: string, deadline: number) {
  const found = await Promise.all(
    needed.map(async (role) => ({ role, has: await facts.holdsRole(role.scope, principalId, role.id, { deadline }) })),
  );
  const those = (has: string) => found.filter((each) => each.has === has).map(({ role }) => role);
  return { missing: those("no"), unknown: those("unknown") };
}

/** What is missing by what was read a moment ago, for another instance, is looked at again. */
async function lookTwice(context: Context, needed: readonly NeededRole[], principalId: string, deadline: number) {
  const recent = await look(recentReads(context), needed, principalId, deadline);
  const isCertain = recent.missing.length + recent.unknown.length === 0;
  return isCertain ? recent : look(context.azure(), needed, principalId, deadline);
}

async function principalOfVault(context: Context, { vault }: BackupInstanceInputs, deadline: number) {
  const recent = await recentReads(context).systemPrincipalOf(vault, { deadline });
  return recent ?? context.azure().systemPrincipalOf(vault, { deadline });
}

interface RolesInPreview extends Prerequisites {
  /** All are there now. */
  areHeld?: boolean;
}

/** For a new instance. What the program grants itself, here or by other resources, is not missing. */
export async function rolesInPreview(context: Context, inputs: BackupInstanceInputs): Promise<RolesInPreview> {
  const needed = neededRoles(inputs);
  if (needed.some(({ scope }) => isUnknown(scope))) return { missing: [], notes: [] };
  const { deadline } = previewDeadline();
  try {
    const principalId = await principalOfVault(context, inputs, deadline);
    if (principalId === undefined) {
      const isComing = assignedTo(context, inputs.vault).length > 0;
      return { missing: isComing ? [] : [noIdentityOfVault(inputs)], notes: [] };
    }
    if (inputs.grantRoles === true) return { missing: [], notes: [] };
    const { missing, unknown } = await lookTwice(context, needed, principalId, deadline);
    return {
      areHeld: missing.length + unknown.length === 0,
      missing: missing.length > 0 ? [missingRoles(inputs, principalId, missing)] : [],
      notes:
        unknown.length > 0 ? [rolesNotRead(inputs, "conditions or roles that cannot be read decide.", unknown)] : [],
    };
  } catch (error) {
    return { missing: [], notes: [rolesNotRead(inputs, messageOf(error), needed)] };
  }
}

export const permissionDeadline = ({ timeouts }: BackupInstanceInputs, deadline: number): number =>
  Math.min(deadline, Date.now() + (timeouts?.permission ? durationMs(timeouts.permission) : defaultPermissionMs));

/**
 * Before a write: grants what is missing, if the program says so, and waits until Azure lists all that is needed.
 *
 * @returns the role assignments of this package, those of an earlier run as well
 */
export async function ensureRoles(context: Context, inputs: BackupInstanceInputs, deadline: number): Promise<string[]> {
  const needed = neededRoles(inputs);
  const principalId = await principalOfVault(context, inputs, deadline);
  if (principalId === undefined) throw new Error(noIdentityOfVault(inputs));
  const granted = inputs.grantRoles === true ? await grant(context, inputs, principalId, deadline) : [];
  const until = Math.min(permissionDeadline(inputs, deadline), Date.now() + untilListedMs);
  for (let waitMs = 500, warned = false; ; waitMs = Math.min(waitMs * 2, 10_000)) {
    const { missing, unknown } = await lookTwice(context, needed, principalId, deadline);
    if (missing.length === 0) {
      if (unknown.length > 0)
        await context.warn(rolesNotRead(inputs, "conditions or roles that cannot be read decide.", unknown));
      return granted;
    }
    if (Date.now() + waitMs > until) throw new Error(missingRoles(inputs, principalId, missing));
    if (!warned) await context.warn(waitsForRoles(inputs, missing));
    warned = true;
    await pause(waitMs, { deadline });
  }
}

async function grant(context: Context, inputs: BackupInstanceInputs, principalId: string, deadline: number) {
  const azure = context.azure();
  const { roleAssignments } = azure.keyRights;
  const granted = await Promise.all(
    neededRoles(inputs).map(async ({ id, scope, name }) => {
      const ours = assignmentAt(scope, principalId, id);
      if (await roleAssignments.exists(ours, { deadline })) return [ours];
      if ((await azure.holdsRole(scope, principalId, id, { deadline })) === "yes") return [];
      const roleDefinitionId = definitionAt(scope.split("/").slice(0, 3).join("/"), id);
      try {
        await roleAssignments.create(ours, { principalId, roleDefinitionId }, { deadline });
      } catch (error) {
        // The same role was assigned at the same scope under another name, not by this package.
        if (isArmError(error) && error.code === "RoleAssignmentExists") return [];
        throw isArmError(error) && error.status === 403
          ? new Error(cannotGrantRole(inputs, { id, scope, name }, error.message))
          : error;
      }
      return [ours];
    }),
  );
  return granted.flat();
}

/**
 * After a deletion: revokes what was granted and no other instance of the vault needs. Instances of one vault share their
 * assignments: those on the group of their snapshots have one name.
 */
export async function revokeRoles(
  context: Context,
  { vault, instanceId }: BackupInstanceInputs,
  granted: readonly string[],
  deadline: number,
): Promise<void> {
  if (granted.length === 0) return;
  const azure = context.azure();
  const others = await azure.backupInstances.list(vault, { deadline }).catch((error: unknown) => {
    if (isArmError(error) && error.status === 404) return [];
    throw error;
  });
  const used = others
    .filter(({ id }) => id.toLowerCase() !== instanceId.toLowerCase())
    .map(({ properties }) => readInstance(properties));
  const isUsed = (scope: string) =>
    used.some(({ dataSource, dataSourceId, snapshotResourceGroupId, unread }) => {
      if (unread.length > 0 || dataSource === undefined || dataSourceId === undefined) return true;
      const needed = neededRoles({
        dataSource,
        dataSourceId,
        ...(snapshotResourceGroupId && { snapshotResourceGroupId }),
      });
      return needed.some((each) => each.scope.toLowerCase() === scope.toLowerCase());
    });
  for (const id of granted) {
    const [scope = ""] = id.split("/providers/Microsoft.Authorization/");
    if (!isUsed(scope)) await azure.keyRights.roleAssignments.delete(id, { deadline });
  }
}
