import type { ArmResource } from "../state/records.js";
import { guid } from "../state/world.js";

export interface LocalRole {
  /** The same GUID in every Managed HSM. */
  name: string;
  roleName: string;
  dataActions: string[];
}

const on = (prefix: string, ...actions: string[]) =>
  actions.map((action) => `Microsoft.KeyVault/managedHsm/${prefix}${action}`);

const manageRoles = [
  ...on("roleDefinitions/", "read/action", "write/action", "delete/action"),
  ...on("roleAssignments/", "read/action", "write/action", "delete/action"),
];

const readRoles = [...on("roleDefinitions/", "read/action"), ...on("roleAssignments/", "read/action")];

export const administrator = "a290e904-7015-4bba-90c8-60543313cdb4";

/** https://learn.microsoft.com/azure/key-vault/managed-hsm/built-in-roles */
export const localRoles: readonly LocalRole[] = [
  {
    name: administrator,
    roleName: "Managed HSM Administrator",
    dataActions: [
      ...manageRoles,
      ...on("securitydomain/", "download/action", "download/read", "upload/action", "upload/read", "transferkey/read"),
      ...on("", "backup/start/action", "backup/status/action", "restore/start/action", "restore/status/action"),
    ],
  },
  {
    name: "515eb02d-2335-4d2d-92f2-b1cbdf9c3778",
    roleName: "Managed HSM Crypto Officer",
    dataActions: [
      ...manageRoles,
      ...on("keys/deletedKeys/", "read/action", "delete", "recover/action"),
      ...on("keys/", "export/action"),
    ],
  },
  {
    name: "21dbd100-6940-42c2-9190-5d6cb909625b",
    roleName: "Managed HSM Crypto User",
    dataActions: [
      ...readRoles,
      ...on("keys/", "read/action", "write/action", "delete", "create", "rotate/action", "import/action"),
      ...on("keys/", "release/action", "backup/action", "restore/action", "encrypt/action", "decrypt/action"),
      ...on("keys/", "wrap/action", "unwrap/action", "sign/action", "verify/action", "derive/action"),
      ...on("", "rng/action"),
    ],
  },
  {
    name: "4bd23610-cdcf-4971-bdee-bdc562cc28e4",
    roleName: "Managed HSM Policy Administrator",
    dataActions: manageRoles,
  },
  {
    name: "2c18b078-7c48-4d3a-af88-5a3a1b3f82b3",
    roleName: "Managed HSM Crypto Auditor",
    dataActions: [...readRoles, ...on("keys/", "read/action", "deletedKeys/read/action")],
  },
  {
    name: "33413926-3206-4cdd-b39a-83574fe37a17",
    roleName: "Managed HSM Crypto Service Encryption User",
    dataActions: on("keys/", "read/action", "wrap/action", "unwrap/action"),
  },
  {
    name: "21dbd100-6940-42c2-9190-5d6cb909625c",
    roleName: "Managed HSM Crypto Service Release User",
    dataActions: on("keys/", "release/action"),
  },
  {
    name: "7b127d3c-77bd-4e3e-bbe0-dbb8971fa7f8",
    roleName: "Managed HSM Backup User",
    dataActions: on("", "backup/start/action", "backup/status/action", "keys/backup/action"),
  },
];

export function localRoleOf(roleDefinitionId: string): LocalRole | undefined {
  const name = roleDefinitionId.slice(roleDefinitionId.lastIndexOf("/") + 1).toLowerCase();
  return localRoles.find((role) => role.name === name);
}

export function localRoleId(name: string): string {
  return `Microsoft.KeyVault/providers/Microsoft.Authorization/roleDefinitions/${name}`;
}

export function localAssignment(scope: string, principalId: string, role: string, name = guid()): ArmResource {
  return {
    id: `${scope === "/" ? "" : scope}/providers/Microsoft.Authorization/roleAssignments/${name}`,
    name,
    properties: { principalId, roleDefinitionId: localRoleId(role), scope },
    type: "Microsoft.Authorization/roleAssignments",
  };
}
