import { type Emulator, startEmulator } from "../../emulator/index.js";
import { type Guard, guards, type Holding, type keys, type Settings, type Step } from "./steps.js";

export const groupName = "rg-walk";
/** Whom every vault's own identity is to the directory, so that keys can be granted to it beforehand. */
const systemPrincipal = "0b1e0000-0000-4000-8000-00000000a11c";

/** An Azure with everything that a vault may point to. */
export interface World {
  emulator: Emulator;
  /** The arguments of our resource that say these settings. */
  argumentsOf(kind: Step["kind"], vaultName: string, settings: Settings): Record<string, unknown>;
  /** Puts a vault into a state past all rules: nobody could create some of them in one step. */
  arrange(step: Step, vaultName: string): void;
  idOf(kind: Step["kind"], vaultName: string): string;
}

export async function createWorld(): Promise<World> {
  const emulator = await startEmulator({ trust: true });
  emulator.createResourceGroup(groupName);
  const group = `/subscriptions/${emulator.env.ARM_SUBSCRIPTION_ID}/resourceGroups/${groupName}/providers`;
  const [a, b] = ["id-a", "id-b"].map((name) => emulator.createUserAssignedIdentity(groupName, name));
  const ids: Record<string, string> = { system: "SystemAssigned", a: a?.id, b: b?.id };
  const principals = [a?.properties.principalId, b?.properties.principalId, systemPrincipal];
  const keyUris = createKeys(emulator, principals);
  const guardIds = createGuards(emulator, group);

  const idOf: World["idOf"] = (kind, vaultName) =>
    `${group}/${kind === "BackupVault" ? "Microsoft.DataProtection/backupVaults" : "Microsoft.RecoveryServices/vaults"}/${vaultName}`;

  const identityOf = (names: string[]) => {
    const user = names.filter((name) => name !== "system").map((name) => ids[name] as string);
    const types = [names.includes("system") && "SystemAssigned", user.length > 0 && "UserAssigned"].filter(Boolean);
    return { types, user };
  };

  return {
    emulator,
    idOf,
    argumentsOf(_kind, vaultName, { identities, encryption, ...plain }) {
      const { types, user } = identityOf((identities ?? []) as string[]);
      const { key, identity, ...rest } = (encryption ?? {}) as Settings;
      return defined({
        vaultName,
        resourceGroupName: groupName,
        location: "westeurope",
        ...plain,
        identity: identities && {
          type: types.join(",") || "None",
          ...(user.length > 0 && { userAssignedIdentities: user }),
        },
        encryption: encryption && { keyUri: keyUris[key as string], identity: ids[identity as string], ...rest },
      });
    },
    arrange({ kind, before, holds, guard, isMoving, hasFailed }, vaultName) {
      if (!before) return;
      const id = idOf(kind, vaultName);
      const { identities, encryption, tags } = before as {
        identities?: string[];
        encryption?: Settings;
        tags?: object;
      };
      const { types, user } = identityOf(identities ?? []);
      const identity = identities && {
        type: types.join(kind === "BackupVault" ? "," : ", ") || "None",
        ...(user.length > 0 && { userAssignedIdentities: Object.fromEntries(user.map((each) => [each, {}])) }),
        ...(identities.includes("system") && { principalId: systemPrincipal, tenantId: emulator.env.ARM_TENANT_ID }),
      };
      const { key, identity: kek, infrastructureEncryption } = encryption ?? {};
      const held = encryption && {
        keyUri: keyUris[key as string],
        identity: ids[kek as string],
        infrastructureEncryption,
      };
      const body = kind === "BackupVault" ? backupVaultBody(before, held) : recoveryServicesBody(before, held);
      const empty =
        kind === "BackupVault"
          ? {
              storageSettings: [{ datastoreType: "VaultStore", type: before.redundancy }],
              securitySettings: { softDeleteSettings: { state: "AlwaysOn" } },
            }
          : {};
      const made = emulator.arm("PUT", id, { location: "westeurope", sku: { name: "Standard" }, properties: empty });
      if (made.status >= 300) throw new Error(`The emulator refused ${id}: ${JSON.stringify(made.body)}`);
      hold(emulator, id, holds, ids.a as string);
      if (guard !== "none") guarded(emulator, kind, id, guardIds[guard] as string);
      const state = defined({
        provisioningState: hasFailed ? "Failed" : undefined,
        [kind === "BackupVault" ? "resourceMoveState" : "moveState"]: isMoving ? "InProgress" : undefined,
      });
      emulator.setVault(id, defined({ tags, identity, properties: { ...body, ...state } }));
    },
  };
}

function createKeys(emulator: Emulator, principals: string[]): Record<string, string> {
  const store = (name: string, properties: object = {}, isGranted = true, location = "westeurope") => {
    const { id } = emulator.createKeyVault(groupName, name, properties);
    if (location !== "westeurope") {
      emulator.arm("PATCH", id, { location });
    }
    if (isGranted) for (const principal of principals) emulator.grant(id, principal);
    return id as string;
  };
  const good = store("kv-walk");
  const uri = (vault: string, name: string) => `https://${vault}.vault.azure.net/keys/${name}`;
  const names = ["good", "another", "elliptic", "small", "disabled", "expired"];
  for (const name of names) {
    const kind =
      name === "elliptic"
        ? { kty: "EC", curveName: "P-256", keySize: undefined }
        : name === "small"
          ? { keySize: 1024 }
          : {};
    const made = emulator.createKey(good, name, kind);
    if (name === "disabled") emulator.setKey(made, { enabled: false });
    if (name === "expired") emulator.setKey(made, { exp: 1 });
  }
  emulator.createKey(store("kv-nobody", {}, false), "key");
  emulator.createKey(store("kv-unprotected", { enablePurgeProtection: undefined }), "key");
  emulator.createKey(store("kv-closed", { publicNetworkAccess: "Disabled" }), "key");
  const byName: Record<(typeof keys)[number], string> = {
    good: uri("kv-walk", "good"),
    "another good": uri("kv-walk", "another"),
    elliptic: uri("kv-walk", "elliptic"),
    small: uri("kv-walk", "small"),
    disabled: uri("kv-walk", "disabled"),
    expired: uri("kv-walk", "expired"),
    missing: uri("kv-walk", "missing"),
    "not granted": uri("kv-nobody", "key"),
    "not purge protected": uri("kv-unprotected", "key"),
    "behind a network": uri("kv-closed", "key"),
    "in another region": uri("kv-elsewhere", "key"),
  };
  const elsewhere = emulator.arm(
    "PUT",
    `/subscriptions/${emulator.env.ARM_SUBSCRIPTION_ID}/resourceGroups/${groupName}/providers/Microsoft.KeyVault/vaults/kv-elsewhere`,
    {
      location: "eastus",
      properties: {
        tenantId: emulator.env.ARM_TENANT_ID,
        sku: { family: "A", name: "standard" },
        enablePurgeProtection: true,
        enableRbacAuthorization: true,
      },
    },
  ).body as { id: string };
  for (const principal of principals) emulator.grant(elsewhere.id, principal);
  emulator.createKey(elsewhere.id, "key");
  return byName;
}

/** What each guard leaves out, by the names of both services. */
const excluded: Record<Exclude<Guard, "none">, string[]> = {
  all: [],
  "not immutability": ["reduceImmutabilityState"],
  "not encryption": ["modifyEncryptionSettings"],
};

function createGuards(emulator: Emulator, group: string): Record<string, string> {
  return Object.fromEntries(
    guards
      .filter((guard) => guard !== "none")
      .map((guard) => {
        const id = `${group}/Microsoft.DataProtection/resourceGuards/guard-${guard.replace(" ", "-")}`;
        const vaultCriticalOperationExclusionList = excluded[guard].flatMap((operation) => [
          `Microsoft.DataProtection/backupVaults/write#${operation}`,
          `Microsoft.RecoveryServices/vaults/write#${operation}`,
        ]);
        emulator.arm("PUT", id, { location: "westeurope", properties: { vaultCriticalOperationExclusionList } });
        return [guard, id];
      }),
  );
}

function guarded(emulator: Emulator, kind: Step["kind"], id: string, guard: string): void {
  const name = kind === "BackupVault" ? "DppResourceGuardProxy" : "VaultProxy";
  emulator.arm("PUT", `${id}/backupResourceGuardProxies/${name}`, { properties: { resourceGuardResourceId: guard } });
}

function hold(emulator: Emulator, id: string, holds: Holding, identity: string): void {
  const name = `data-${id.split("/").at(-1)}`;
  const policy = { objectType: "BackupPolicy", datasourceTypes: [], policyRules: [] };
  const holdings: Record<Holding, () => unknown> = {
    nothing: () => {},
    "an instance": () => emulator.protect(id, { name }),
    "an instance of an identity": () => emulator.protect(id, { name, identity }),
    "a soft-deleted instance": () => {
      emulator.protect(id, { name });
      emulator.softDelete(id, name);
    },
    "a policy": () => emulator.arm("PUT", `${id}/backupPolicies/daily`, { properties: policy }),
    "a machine": () => emulator.protectVm(id, { name }),
    "a soft-deleted machine": () => {
      emulator.protectVm(id, { name });
      emulator.softDelete(id, name);
    },
    "a storage account": () => emulator.register(id, name.replaceAll("-", "")),
    "a replicated machine": () => emulator.addReplicatedItem(id, name),
    "a private endpoint": () => emulator.addPrivateEndpoint(id, name),
  };
  holdings[holds]();
}

interface Held {
  keyUri?: string;
  identity?: string;
  infrastructureEncryption?: unknown;
}

function backupVaultBody(settings: Settings, held: Held | undefined): Settings {
  const isSystem = held?.identity === "SystemAssigned";
  return defined({
    storageSettings: [{ datastoreType: "VaultStore", type: settings.redundancy }],
    securitySettings: defined({
      softDeleteSettings: settings.softDelete,
      immutabilitySettings: settings.immutability && { state: settings.immutability },
      encryptionSettings: held && {
        state: "Enabled",
        keyVaultProperties: { keyUri: held.keyUri },
        kekIdentity: isSystem
          ? { identityType: "SystemAssigned" }
          : { identityType: "UserAssigned", identityId: held.identity },
        ...defined({ infrastructureEncryption: held.infrastructureEncryption }),
      },
    }),
    featureSettings: defined({
      crossRegionRestoreSettings: settings.crossRegionRestore && { state: settings.crossRegionRestore },
      crossSubscriptionRestoreSettings: settings.crossSubscriptionRestore && {
        state: settings.crossSubscriptionRestore,
      },
    }),
    monitoringSettings: settings.alertsForAllJobFailures && {
      azureMonitorAlertSettings: { alertsForAllJobFailures: settings.alertsForAllJobFailures },
    },
    costManagementSettings: settings.costManagementGranularity && {
      granularityLevel: settings.costManagementGranularity,
    },
  });
}

function recoveryServicesBody(settings: Settings, held: Held | undefined): Settings {
  const { softDelete } = settings as { softDelete?: { state: string; retentionDurationInDays?: number } };
  const isSystem = held?.identity === "SystemAssigned";
  return defined({
    redundancySettings: defined({
      standardTierStorageRedundancy: settings.redundancy,
      crossRegionRestore: settings.crossRegionRestore,
    }),
    securitySettings: defined({
      immutabilitySettings: settings.immutability && { state: settings.immutability },
      softDeleteSettings:
        softDelete &&
        defined({
          softDeleteState: softDelete.state,
          enhancedSecurityState: softDelete.state,
          softDeleteRetentionPeriodInDays: softDelete.retentionDurationInDays,
        }),
    }),
    restoreSettings: settings.crossSubscriptionRestore && {
      crossSubscriptionRestoreSettings: { crossSubscriptionRestoreState: settings.crossSubscriptionRestore },
    },
    publicNetworkAccess: settings.publicNetworkAccess,
    monitoringSettings: (settings.alertsForAllJobFailures || settings.alertsForAllReplicationIssues) && {
      azureMonitorAlertSettings: defined({
        alertsForAllJobFailures: settings.alertsForAllJobFailures,
        alertsForAllReplicationIssues: settings.alertsForAllReplicationIssues,
      }),
    },
    encryption:
      held &&
      defined({
        keyVaultProperties: { keyUri: held.keyUri },
        kekIdentity: isSystem ? { useSystemAssignedIdentity: true } : { userAssignedIdentity: held.identity },
        infrastructureEncryption: held.infrastructureEncryption,
      }),
  });
}

/** Without what is not there. */
const defined = (object: Settings): Settings =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
