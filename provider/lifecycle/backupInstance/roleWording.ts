import type { BackupInstanceInputs } from "../../instances/backupInstance.js";
import { instanceSourceOf } from "../../instances/dataSources.js";
import type { NeededRole } from "../../instances/roles.js";
import { listed } from "../../rules/index.js";
import { instanceCalled } from "./wording.js";

const rolesText = (roles: readonly NeededRole[]): string =>
  listed(roles.map(({ name, scope }) => `"${name}" on ${scope}`));

const assign = (principalId: string, { name, scope }: NeededRole): string =>
  `\`az role assignment create --assignee-object-id ${principalId} --assignee-principal-type ServicePrincipal --role "${name}" --scope ${scope}\``;

/** Each role with the command that assigns it. */
export const missingRoles = (
  inputs: BackupInstanceInputs,
  principalId: string,
  missing: readonly NeededRole[],
): string =>
  `${instanceCalled(inputs)}: the vault's identity (principal ID ${principalId}) lacks ` +
  `${missing.length === 1 ? "a role" : "roles"} that backup needs: ${rolesText(missing)}. Nothing was sent. ` +
  `Set \`grantRoles: true\`, or assign ${missing.length === 1 ? "it" : "them"} with ` +
  `${listed(missing.map((role) => assign(principalId, role)))}. ${instanceSourceOf(inputs.dataSource).source}`;

export const noIdentityOfVault = (inputs: BackupInstanceInputs): string =>
  `${instanceCalled(inputs)}: the vault has no system-assigned identity, with which Azure Backup accesses what it backs up. Set ` +
  '`identity: { type: "SystemAssigned" }` on the vault, or add an IdentityAssignment. ' +
  instanceSourceOf(inputs.dataSource).source;

export const rolesNotRead = (inputs: BackupInstanceInputs, why: string, roles: readonly NeededRole[]): string =>
  `${instanceCalled(inputs)}: whether the vault's identity has the roles that backup needs was not determined (${rolesText(roles)}): ${why}`;

export const cannotGrantRole = (inputs: BackupInstanceInputs, role: NeededRole, azures: string): string =>
  `${instanceCalled(inputs)}: the role ${rolesText([role])} could not be granted: ${azures} ` +
  `The caller needs the role Role Based Access Control Administrator on ${role.scope}.`;

export const waitsForRoles = (inputs: BackupInstanceInputs, missing: readonly NeededRole[]): string =>
  `${instanceCalled(inputs)}: Azure does not list all roles that backup needs yet (${rolesText(missing)}). Waiting up to 1 min ` +
  "(`timeouts.permission`).";

export const waitsForEffect = (inputs: BackupInstanceInputs, azures: string): string =>
  `${instanceCalled(inputs)}: Azure reports that permissions are missing, but the roles that backup needs are assigned. New role ` +
  `assignments can take several minutes to take effect. Waiting up to 10 min (\`timeouts.permission\`). Azure's message: ${azures}`;
