import type { AzureFacts, BackupVaultResource } from "../../azure/index.js";
import { isSameId } from "../../instances/armId.js";
import type { BackupInstanceInputs } from "../../instances/backupInstance.js";
import { type NeededRole, neededRoles } from "../../instances/roles.js";
import type { Holder } from "../../policies/backupRoles.js";
import { systemAssigned, usedIdentity } from "../../vaults/identity.js";
import { type ClusterNeeds, readCluster } from "./cluster.js";

/** What the backup of an instance needs besides its own arguments, as it is now. */
export interface Needs {
  roles: NeededRole[];
  /** The directory's IDs of those who need the roles. */
  principals: Partial<Record<Holder, string>>;
  /** For an AKS cluster. */
  cluster?: ClusterNeeds;
}

/** The directory's ID of one of a vault's identities. Undefined: the vault does not have it. */
export async function principalIn(
  facts: AzureFacts,
  { identity }: BackupVaultResource,
  used: string,
  deadline: number,
): Promise<string | undefined> {
  if (used === systemAssigned) return identity?.principalId || undefined;
  const assigned = Object.entries(identity?.userAssignedIdentities ?? {}).find(([id]) => isSameId(id, used));
  if (!assigned) return undefined;
  // A vault may show no details of an identity that it got a moment ago.
  return assigned[1].principalId || facts.principalOf({ id: used }, { deadline });
}

/** Throws where something cannot be read. */
export async function readNeeds(facts: AzureFacts, inputs: BackupInstanceInputs, deadline: number): Promise<Needs> {
  const vault = await facts.backupVault(inputs.vault, { deadline });
  const ofVault = await principalIn(facts, vault, usedIdentity(inputs.identityDetails), deadline);
  const isCluster = inputs.dataSource === "AzureKubernetesService";
  const cluster = isCluster ? await readCluster(facts, inputs, vault, deadline) : undefined;
  return {
    roles: neededRoles({ ...inputs, ...cluster }),
    principals: { ...(ofVault && { vault: ofVault }), ...cluster?.principals },
    ...(cluster && { cluster }),
  };
}

/** Without what `grantRoles` grants. */
export const withoutGrantable = ({ roles, principals, cluster }: Needs): Needs => ({
  roles: roles.filter(({ isGrantable }) => !isGrantable),
  principals,
  ...(cluster && { cluster: { ...cluster, trust: { ...cluster.trust, isThere: true } } }),
});

/** What of it is not there. */
export interface Lacking {
  missing: NeededRole[];
  /** Those of which it is not known. */
  unknown: NeededRole[];
  /** Whether an AKS cluster does not let the vault in. */
  isUntrusted: boolean;
}

/**
 * What nobody could have, because its holder does not exist, is not among it.
 *
 * @param granted what was created a moment ago
 */
export async function lacking(
  facts: AzureFacts,
  { roles, principals, cluster }: Needs,
  deadline: number,
  granted: readonly string[] = [],
): Promise<Lacking> {
  const found = await Promise.all(
    roles.map(async (role) => {
      const principalId = principals[role.holder];
      if (principalId === undefined) return { role, has: "nobody" };
      return { role, has: await facts.holdsRole(role.scope, principalId, role.id, { deadline }) };
    }),
  );
  const those = (has: string) => found.filter((each) => each.has === has).map(({ role }) => role);
  const isTrusted = !cluster || cluster.obstacles.length > 0 || cluster.trust.isThere;
  return {
    missing: those("no"),
    unknown: those("unknown"),
    isUntrusted: !isTrusted && !granted.includes(cluster.trust.bindingId),
  };
}
