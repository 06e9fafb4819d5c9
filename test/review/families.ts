import type { Facts } from "../../provider/rules/index.js";
import type { Vault } from "../../provider/vaults/ruleVault.js";
import type { Live } from "../../review/index.js";
import type { ProposedChange } from "../rules/transitions.js";
import { type StepOf, vaultId } from "./previews.js";

type Properties = Record<string, unknown>;

/** How a provider writes a vault, and when it replaces one. Written from the providers' own documentation. */
export interface Family {
  type: string;
  /** Its type for an api-version. Nothing where it does not write with it. */
  typeOf(apiVersion: string): string | undefined;
  /** It does in several requests what Azure wants so. */
  takesSteps?: true;
  /** Nothing where its arguments cannot say it. */
  inputs(vault: Vault): Properties | undefined;
  /** What only its outputs say. */
  outputs(vault: Vault): Properties;
  replaceReasons(before: Vault, after: Vault): string[];
}

const fixed = ["vaultName", "resourceGroupName", "location", "datastoreType"] as const;
export const different = (names: readonly (keyof Vault)[], before: Vault, after: Vault) =>
  names.filter((name) => before[name] !== after[name]);

export function identityType(identity: Vault["identity"]): string | undefined {
  const types = [
    identity?.systemAssigned === true && "SystemAssigned",
    Array.isArray(identity?.userAssigned) && identity.userAssigned.length > 0 && "UserAssigned",
  ].filter(Boolean);
  return identity && (types.join(",") || "None");
}

export const withoutAbsent = (value: unknown): never => JSON.parse(JSON.stringify(value)) as never;

export const azureBackup: Family = {
  type: "pulumi-nodejs:dynamic/azure-backup:BackupVault",
  typeOf: () => undefined,
  inputs: ({ identity, encryption, resourceMoveState, replicatedRegions, isProtectedByResourceGuard: _, ...plain }) =>
    resourceMoveState ||
    replicatedRegions ||
    encryption?.identityId !== undefined ||
    (encryption && encryption.keyUri === undefined)
      ? undefined
      : withoutAbsent({
          ...plain,
          identity: identity && { type: identityType(identity), userAssignedIdentities: identity.userAssigned },
          encryption,
        }),
  outputs: ({ isProtectedByResourceGuard }) =>
    withoutAbsent({ isVaultProtectedByResourceGuard: isProtectedByResourceGuard }),
  replaceReasons: (before, after) => different(fixed, before, after),
};

function azureNativeProperties(vault: Vault): Properties {
  const { encryption, softDelete, immutability, crossRegionRestore, crossSubscriptionRestore } = vault;
  const isUser = encryption?.identity?.toString().startsWith("/") || encryption?.identity === "UserAssigned";
  return withoutAbsent({
    storageSettings: [{ datastoreType: vault.datastoreType, type: vault.redundancy }],
    replicatedRegions: vault.replicatedRegions,
    securitySettings: {
      softDeleteSettings: softDelete,
      immutabilitySettings: immutability && { state: immutability },
      encryptionSettings: encryption && {
        state: encryption.state,
        keyVaultProperties: { keyUri: encryption.keyUri },
        kekIdentity: isUser
          ? {
              identityType: "UserAssigned",
              identityId: encryption.identity === "UserAssigned" ? undefined : encryption.identity,
            }
          : { identityType: encryption.identity, identityId: encryption.identityId },
        infrastructureEncryption: encryption.infrastructureEncryption,
      },
    },
    featureSettings: {
      crossRegionRestoreSettings: crossRegionRestore && { state: crossRegionRestore },
      crossSubscriptionRestoreSettings: crossSubscriptionRestore && { state: crossSubscriptionRestore },
    },
    costManagementSettings: vault.costManagementGranularity && {
      granularityLevel: vault.costManagementGranularity,
    },
    resourceGuardOperationRequests: vault.resourceGuardOperationRequests,
  });
}

/** Only what is in the address of a vault replaces it. */
export const azureNative: Family = {
  type: "azure-native:dataprotection:BackupVault",
  typeOf: (apiVersion) => `azure-native:dataprotection/v${apiVersion.replaceAll("-", "")}:BackupVault`,
  inputs: (vault) =>
    withoutAbsent({
      vaultName: vault.vaultName,
      resourceGroupName: vault.resourceGroupName,
      location: vault.location,
      identity: vault.identity && {
        type: identityType(vault.identity),
        userAssignedIdentities: vault.identity.userAssigned,
      },
      properties: azureNativeProperties(vault),
    }),
  outputs: (vault) =>
    withoutAbsent({
      azureApiVersion: "2025-09-01",
      properties: {
        ...azureNativeProperties(vault),
        resourceMoveState: vault.resourceMoveState,
        isVaultProtectedByResourceGuard: vault.isProtectedByResourceGuard,
      },
    }),
  replaceReasons: (before, after) => different(["vaultName", "resourceGroupName"], before, after),
};

/** What this one cannot change in place, and whatever weakens a vault, replaces it. */
export const azureClassic: Family = {
  type: "azure:dataprotection/backupVault:BackupVault",
  typeOf: (apiVersion) => (apiVersion === "2025-07-01" ? azureClassic.type : undefined),
  inputs: (vault) => {
    const {
      encryption,
      crossSubscriptionRestore,
      resourceGuardOperationRequests,
      resourceMoveState,
      replicatedRegions,
    } = vault;
    const { costManagementGranularity, isProtectedByResourceGuard } = vault;
    const unsaid = [
      ...[encryption, resourceGuardOperationRequests, resourceMoveState],
      ...[replicatedRegions, isProtectedByResourceGuard],
    ];
    if (
      costManagementGranularity !== undefined ||
      unsaid.some((each) => each !== undefined) ||
      !["Enabled", undefined].includes(crossSubscriptionRestore as string)
    ) {
      return undefined;
    }
    return withoutAbsent({
      name: vault.vaultName,
      resourceGroupName: vault.resourceGroupName,
      location: vault.location,
      datastoreType: vault.datastoreType,
      redundancy: vault.redundancy,
      softDelete: vault.softDelete?.state,
      retentionDurationInDays: vault.softDelete?.retentionDurationInDays,
      immutability: vault.immutability,
      crossRegionRestoreEnabled: vault.crossRegionRestore && vault.crossRegionRestore === "Enabled",
      identity: vault.identity && { type: identityType(vault.identity), identityIds: vault.identity.userAssigned },
    });
  },
  outputs: () => ({}),
  replaceReasons: (before, after) => [
    ...different(["resourceGroupName", "location", "datastoreType", "redundancy"], before, after),
    ...(before.vaultName === after.vaultName ? [] : ["name"]),
    ...(before.immutability === "Locked" && after.immutability !== "Locked" ? ["immutability"] : []),
    ...(before.softDelete?.state === "AlwaysOn" && after.softDelete?.state !== "AlwaysOn" ? ["softDelete"] : []),
    ...(before.crossRegionRestore === "Enabled" && after.crossRegionRestore !== "Enabled"
      ? ["crossRegionRestoreEnabled"]
      : []),
  ],
};

export const families = { "azure-backup": azureBackup, "azure-native": azureNative, "azure classic": azureClassic };

/** What the engine would show of it under one provider. Nothing where the provider cannot say it. */
export function stepOf(family: Family, { before, after, apiVersion }: ProposedChange): StepOf | undefined {
  const [old, wanted] = [before && family.inputs(before), after && family.inputs(after)];
  if ((before && !old) || (after && !wanted)) return undefined;
  const { outputs, replaceReasons } = family;
  const type = apiVersion ? family.typeOf(apiVersion) : family.type;
  if (!type) return undefined;
  const reasons = before && after ? replaceReasons(before, after) : [];
  const op = !before ? "create" : !after ? "delete" : reasons.length > 0 ? "replace" : "update";
  return {
    op,
    type,
    name: "payroll",
    id: vaultId(),
    old,
    outputs: before && outputs(before),
    new: wanted,
    replaceReasons: reasons,
  };
}

/** Azure, as far as an example says what it knows. The vault itself is as the last `up` left it. */
export const knowing = (facts: Facts): Live => ({
  vault: async () => ({ unreadable: "403 Forbidden" }),
  facts: async (_, names) =>
    Object.fromEntries(names.map((name) => [name, facts[name] ?? { unreadable: "403 Forbidden" }])) as Facts,
});
