import { definitions } from "./definitions.js";
import { type ImpliedInputs, impliedByVault } from "./impliedInputs.js";
import { isValue } from "./values.js";
import type { VaultKind } from "./vaultId.js";

type Properties = Record<string, unknown>;

/** What is to be known of a type of resource besides its class and its handlers. */
export interface ResourceType {
  /** The arguments whose change replaces the resource. */
  fixed: readonly string[];
  /** The outputs that are not arguments. */
  outputs: readonly string[];
  /** The outputs that an update may change, from what the arguments become. The rest keeps its value. */
  changing(old: Properties, wanted: Properties): readonly string[];
  /** The inputs that follow from the others, and that the plugin does not record. */
  implied?: ImpliedInputs;
}

/** They change only with the vault's identities. */
const ofIdentity = ["principalId", "tenantId"];

function vault(kind: VaultKind): ResourceType {
  const { fixedAtCreation, outputs } = definitions[kind];
  return {
    fixed: fixedAtCreation,
    outputs: ["vaultId", ...Object.keys(outputs)],
    changing: ({ identity: before }, { identity: after }) =>
      Object.keys(outputs).filter(
        (name) => !ofIdentity.includes(name) || JSON.stringify(before) !== JSON.stringify(after),
      ),
    implied: impliedByVault(kind),
  };
}

const grant = ["grantedBy", "roleAssignmentId", "keyVaultId", "keyPermissions"];

/**
 * The resources of this package, each once. The plugin's types, its schema and the review follow from here; the handler of
 * each has the type's name.
 */
export const resourceTypes = {
  BackupVault: vault("BackupVault"),
  RecoveryServicesVault: vault("RecoveryServicesVault"),
  IdentityAssignment: {
    fixed: ["vault", "identity"],
    outputs: ["principalId", "tenantId", "clientId"],
    // Another identity is another assignment. Only what an earlier run could not read may come.
    changing: ({ clientId }) => (clientId === undefined ? ["clientId"] : []),
  },
  EncryptionSettings: { fixed: ["vault"], outputs: ["state"], changing: () => ["state"] },
  KeyAccess: {
    fixed: ["keyUri", "principalId", "scope"],
    outputs: grant,
    changing: ({ isUnfinished }) => (isUnfinished === true ? grant : []),
  },
  ResourceGuard: {
    fixed: ["resourceGuardName", "resourceGroupName", "subscriptionId", "location"],
    outputs: ["resourceGuardId", "resourceGuardOperations"],
    changing: () => ["resourceGuardOperations"],
  },
  ResourceGuardAssociation: {
    fixed: ["vault", "resourceGuard"],
    outputs: ["resourceGuardOperationDetails"],
    changing: ({ isUnfinished }) => (isUnfinished === true ? ["resourceGuardOperationDetails"] : []),
  },
  BackupPolicy: {
    fixed: ["vault", "policyName", "dataSource", "schedule", "retention", "policyRules"],
    outputs: ["policyId"],
    changing: () => [],
  },
  RecoveryServicesBackupPolicy: {
    fixed: ["vault", "policyName", "dataSource", "policyType"],
    outputs: ["policyId"],
    changing: () => [],
  },
  BackupInstance: {
    fixed: ["vault", "instanceName", "dataSource", "dataSourceId", "snapshotResourceGroupId"],
    outputs: ["instanceId", "protectionState", "grantedRoles"],
    changing: ({ protectionState, grantRoles: before }, { grantRoles: after }) => [
      ...(isConfigured(protectionState) ? [] : ["protectionState"]),
      ...(after === true && (before !== true || !isConfigured(protectionState)) ? ["grantedRoles"] : []),
    ],
  },
  ProtectedItem: {
    fixed: ["vault", "sourceResourceId", "fileShareName"],
    outputs: ["protectionState"],
    // An item that is protected stays in that state, or gets another one by its next backup.
    changing: ({ protectionState }) => (protectionState === "Unknown" ? ["protectionState"] : []),
  },
} satisfies Record<string, ResourceType>;

const isConfigured = (state: unknown): boolean => isValue("ProtectionConfigured", state);

export type ResourceTypeName = keyof typeof resourceTypes;

export const resourceTypeNames = Object.keys(resourceTypes) as ResourceTypeName[];

/** The components of this package, which make resources of these types and are nothing in Azure themselves. */
export const components = {
  ProtectedWorkload: { outputs: ["vaultId", "policyId", "instanceId", "protectionState"] },
} as const satisfies Record<string, { outputs: readonly string[] }>;

export type ComponentName = keyof typeof components;

export const componentNames = Object.keys(components) as ComponentName[];

/** A part of users' state: `keyAccess` for `KeyAccess`. */
export const handlerName = <T extends ResourceTypeName>(type: T): Uncapitalize<T> =>
  `${type.charAt(0).toLowerCase()}${type.slice(1)}` as Uncapitalize<T>;
