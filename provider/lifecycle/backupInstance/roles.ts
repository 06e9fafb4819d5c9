import { type AzureFacts, definitionAt, isArmError, pause, previewDeadline } from "../../azure/index.js";
import type { Context } from "../../host/context.js";
import type { BackupInstanceInputs } from "../../instances/backupInstance.js";
import { type NeededRole, neededRoles } from "../../instances/roles.js";
import { trustedAccessRole } from "../../policies/backupRoles.js";
import { usedIdentity } from "../../vaults/identity.js";
import { durationMs } from "../../vaults/sharedSettings.js";
import { containsUnknown } from "../../vaults/unknowns.js";
import { assignmentAt } from "../keyAccess/roles.js";
import { messageOf, recentReads } from "../run/facts.js";
import { isAssigned } from "../run/program.js";
import type { Prerequisites } from "../vault/prerequisites.js";
import { cannotTrust } from "./clusterWording.js";
import { type Lacking, lacking, type Needs, readNeeds, withoutGrantable } from "./needs.js";
import {
  cannotGrantRole,
  lackingText,
  noIdentityOfVault,
  rolesNotDecided,
  rolesNotRead,
  waitsForRoles,
} from "./roleWording.js";

/*
 * The roles that backup needs at what an instance backs up. Azure Backup itself looks at them only after it has accepted an
 * instance, which then stays unprotected; so they are looked at before anything is sent.
 */

const defaultPermissionMs = 10 * 60_000;

/** A list may still be without a role that was assigned a moment ago, by this program or another. */
const untilListedMs = 60_000;

interface RolesInPreview extends Prerequisites {
  /** All are there now. */
  areHeld?: boolean;
}

interface Look {
  /** Leaves out what `grantRoles` grants. */
  isGranting?: boolean;
  /** What was created a moment ago. */
  granted?: readonly string[];
}

interface Seen {
  needs: Needs;
  /** What no role and no waiting mends. */
  obstacles: string[];
  lack: Lacking;
  /** What is missing, in words. */
  missing: string[];
}

async function look(
  facts: AzureFacts,
  inputs: BackupInstanceInputs,
  deadline: number,
  { isGranting = false, granted }: Look,
): Promise<Seen> {
  const needs = await readNeeds(facts, inputs, deadline);
  const lack = await lacking(facts, isGranting ? withoutGrantable(needs) : needs, deadline, granted);
  const nobody = needs.principals.vault === undefined ? [noIdentityOfVault(inputs)] : [];
  return {
    needs,
    obstacles: [...nobody, ...(needs.cluster?.obstacles ?? [])],
    lack,
    missing: lackingText(inputs, needs, lack),
  };
}

/** What is missing by what was read a moment ago, for another instance, is looked at again. */
async function lookTwice(
  context: Context,
  inputs: BackupInstanceInputs,
  deadline: number,
  how: Look = {},
): Promise<Seen> {
  const recent = await look(recentReads(context), inputs, deadline, how);
  const isCertain = recent.obstacles.length + recent.missing.length + recent.lack.unknown.length === 0;
  return isCertain ? recent : look(context.azure(), inputs, deadline, how);
}

/** For a new instance. What the program grants itself, here or by other resources, is not missing. */
export async function rolesInPreview(context: Context, inputs: BackupInstanceInputs): Promise<RolesInPreview> {
  const { vault, dataSource, dataSourceId, snapshotResourceGroupId, identityDetails, grantRoles = false } = inputs;
  if (containsUnknown({ dataSource, dataSourceId, snapshotResourceGroupId, identityDetails }))
    return { missing: [], notes: [] };
  const { deadline } = previewDeadline();
  try {
    const seen = await lookTwice(context, inputs, deadline, { isGranting: grantRoles });
    const isComing =
      seen.needs.principals.vault === undefined && isAssigned(context, vault, usedIdentity(identityDetails));
    const obstacles = seen.obstacles.filter((each) => !isComing || each !== noIdentityOfVault(inputs));
    const missing = [...obstacles, ...seen.missing];
    const { unknown } = seen.lack;
    return {
      areHeld: !grantRoles && !isComing && missing.length + unknown.length === 0,
      missing,
      notes: unknown.length > 0 ? [rolesNotDecided(inputs, unknown)] : [],
    };
  } catch (error) {
    return { missing: [], notes: [rolesNotRead(inputs, messageOf(error), neededRoles(inputs))] };
  }
}

export const permissionDeadline = ({ timeouts }: BackupInstanceInputs, deadline: number): number =>
  Math.min(deadline, Date.now() + (timeouts?.permission ? durationMs(timeouts.permission) : defaultPermissionMs));

/**
 * Before a write: grants what is missing, if the program says so, and waits until Azure lists all that is needed.
 *
 * @returns what this package has granted, in an earlier run as well
 */
export async function ensureRoles(context: Context, inputs: BackupInstanceInputs, deadline: number): Promise<string[]> {
  const isGranting = inputs.grantRoles === true;
  const needs = await untilListed(context, inputs, deadline, { isGranting });
  if (!isGranting) return [];
  const granted = await grant(context, inputs, needs, deadline);
  await untilListed(context, inputs, deadline, { granted });
  return granted;
}

async function untilListed(context: Context, inputs: BackupInstanceInputs, deadline: number, how: Look) {
  const until = Math.min(permissionDeadline(inputs, deadline), Date.now() + untilListedMs);
  for (let waitMs = 500, warned = false; ; waitMs = Math.min(waitMs * 2, 10_000)) {
    const { needs, obstacles, lack, missing } = await lookTwice(context, inputs, deadline, how);
    if (obstacles.length > 0) throw new Error(obstacles.join("\n"));
    if (missing.length === 0) {
      if (lack.unknown.length > 0) await context.warn(rolesNotDecided(inputs, lack.unknown));
      return needs;
    }
    if (Date.now() + waitMs > until) throw new Error(missing.join("\n"));
    if (!warned) await context.warn(waitsForRoles(inputs, lack));
    warned = true;
    await pause(waitMs, { deadline });
  }
}

async function grant(context: Context, inputs: BackupInstanceInputs, needs: Needs, deadline: number) {
  const grantable = needs.roles.filter(({ isGrantable }) => isGrantable);
  const outcomes = await Promise.allSettled([
    trustVault(context, inputs, needs, deadline),
    ...grantable.map((role) => grantRole(context, inputs, role, needs.principals[role.holder], deadline)),
  ]);
  // Only now: a failure that did not wait for the others would be reported while they still write.
  return outcomes.flatMap((outcome) => {
    if (outcome.status === "rejected") throw outcome.reason;
    return outcome.value;
  });
}

/** For an AKS cluster. https://learn.microsoft.com/azure/aks/trusted-access-feature */
async function trustVault(context: Context, inputs: BackupInstanceInputs, { cluster }: Needs, deadline: number) {
  if (!cluster) return [];
  const { isThere, isOurs, bindingId } = cluster.trust;
  if (isThere) return isOurs ? [bindingId] : [];
  const binding = { sourceResourceId: inputs.vault, roles: [trustedAccessRole] };
  try {
    await context.azure().clusters.trust(bindingId, binding, { deadline });
  } catch (error) {
    throw isArmError(error) && error.status === 403 ? new Error(cannotTrust(inputs, error.message)) : error;
  }
  return [bindingId];
}

async function grantRole(
  context: Context,
  inputs: BackupInstanceInputs,
  role: NeededRole,
  principalId: string | undefined,
  deadline: number,
): Promise<string[]> {
  if (principalId === undefined) return [];
  const { id, scope } = role;
  const azure = context.azure();
  const { roleAssignments } = azure.keyRights;
  const ours = assignmentAt(scope, principalId, id);
  if (await roleAssignments.exists(ours, { deadline })) return [ours];
  if ((await azure.holdsRole(scope, principalId, id, { deadline })) === "yes") return [];
  const roleDefinitionId = definitionAt(scope.split("/").slice(0, 3).join("/"), id);
  try {
    await roleAssignments.create(ours, { principalId, roleDefinitionId }, { deadline });
  } catch (error) {
    // The same role was assigned at the same scope under another name, not by this package.
    if (isArmError(error) && error.code === "RoleAssignmentExists") return [];
    throw isArmError(error) && error.status === 403 ? new Error(cannotGrantRole(inputs, role, error.message)) : error;
  }
  return [ours];
}
