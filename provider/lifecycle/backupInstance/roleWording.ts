import type { BackupInstanceInputs } from "../../instances/backupInstance.js";
import { instanceSourceOf } from "../../instances/dataSources.js";
import type { IdentityDetails } from "../../instances/identityDetails.js";
import type { NeededRole } from "../../instances/roles.js";
import type { Holder } from "../../policies/backupRoles.js";
import { listed } from "../../rules/index.js";
import { noTrustedAccess } from "./clusterWording.js";
import type { Lacking, Needs } from "./needs.js";
import { instanceCalled } from "./wording.js";

const rolesText = (roles: readonly NeededRole[]): string =>
  listed(roles.map(({ name, scope }) => `"${name}" on ${scope}`));

const assign = (principalId: string, { name, scope }: NeededRole): string =>
  `\`az role assignment create --assignee-object-id ${principalId} --assignee-principal-type ServicePrincipal --role "${name}" --scope ${scope}\``;

const holders: Record<Holder, (inputs: BackupInstanceInputs) => string> = {
  vault: ({ identityDetails: { userAssignedIdentityArmUrl: id } = {} as Partial<IdentityDetails> }) =>
    id === undefined ? "the vault's identity" : `the user-assigned identity ${id}`,
  cluster: () => "the AKS cluster's identity",
  extension: () => "the identity of the AKS cluster's backup extension",
};

/** All that is missing, each with the command that mends it. */
export const lackingText = (
  inputs: BackupInstanceInputs,
  { principals, cluster }: Needs,
  { missing, isUntrusted }: Lacking,
): string[] => [
  ...(Object.keys(holders) as Holder[]).flatMap((holder) => {
    const roles = missing.filter((role) => role.holder === holder);
    const principalId = principals[holder];
    return roles.length === 0 || principalId === undefined ? [] : [missingRoles(inputs, holder, principalId, roles)];
  }),
  ...(isUntrusted && cluster ? [noTrustedAccess(inputs, cluster.trust.bindingId)] : []),
];

/** Each role with the command that assigns it. */
function missingRoles(
  inputs: BackupInstanceInputs,
  holder: Holder,
  principalId: string,
  roles: readonly NeededRole[],
): string {
  const isOne = roles.length === 1;
  const grantable = roles.some(({ isGrantable }) => isGrantable) ? "Set `grantRoles: true`, or assign" : "Assign";
  return (
    `${instanceCalled(inputs)}: ${holders[holder](inputs)} (principal ID ${principalId}) lacks ` +
    `${isOne ? "a role" : "roles"} that backup needs: ${rolesText(roles)}. Nothing was sent. ` +
    `${grantable} ${isOne ? "it" : "them"} with ${listed(roles.map((role) => assign(principalId, role)))}. ` +
    instanceSourceOf(inputs.dataSource).source
  );
}

export function noIdentityOfVault(inputs: BackupInstanceInputs): string {
  const { identityDetails: { userAssignedIdentityArmUrl: id } = {} as Partial<IdentityDetails>, dataSource } = inputs;
  const [what, type] =
    id === undefined
      ? ["has no system-assigned identity", 'type: "SystemAssigned"']
      : [`does not have the user-assigned identity ${id}`, `type: "UserAssigned", userAssignedIdentities: ["${id}"]`];
  return (
    `${instanceCalled(inputs)}: the vault ${what}, with which Azure Backup accesses what it backs up. Set ` +
    `\`identity: { ${type} }\` on the vault, or add an IdentityAssignment. ${instanceSourceOf(dataSource).source}`
  );
}

export const rolesNotRead = (inputs: BackupInstanceInputs, why: string, roles: readonly NeededRole[]): string =>
  `${instanceCalled(inputs)}: whether the roles that backup needs are assigned was not determined (${rolesText(roles)}): ${why}`;

/** Conditions, or roles that cannot be read, decide. */
export const rolesNotDecided = (inputs: BackupInstanceInputs, roles: readonly NeededRole[]): string =>
  rolesNotRead(inputs, "conditions or roles that cannot be read decide.", roles);

export const cannotGrantRole = (inputs: BackupInstanceInputs, role: NeededRole, azures: string): string =>
  `${instanceCalled(inputs)}: the role ${rolesText([role])} could not be granted: ${azures} ` +
  `The caller needs the role Role Based Access Control Administrator on ${role.scope}.`;

export const waitsForRoles = (inputs: BackupInstanceInputs, { missing, isUntrusted }: Lacking): string =>
  `${instanceCalled(inputs)}: Azure does not list all that backup needs yet ` +
  `(${[...(missing.length > 0 ? [rolesText(missing)] : []), ...(isUntrusted ? ["trusted access"] : [])].join("; ")}). ` +
  "Waiting up to 1 min (`timeouts.permission`).";

export const waitsForEffect = (inputs: BackupInstanceInputs, azures: string): string =>
  `${instanceCalled(inputs)}: Azure reports that permissions are missing, but the roles that backup needs are assigned. New role ` +
  `assignments can take several minutes to take effect. Waiting up to 10 min (\`timeouts.permission\`). Azure's message: ${azures}`;

export const notRevoked = (inputs: BackupInstanceInputs, id: string, azures: string): string =>
  `${instanceCalled(inputs)} uses another identity now, and the role assignment ${id} of the former one could not be deleted: ${azures} ` +
  "Delete it, or grant the caller the role Role Based Access Control Administrator: the next update or the deletion tries it again.";
