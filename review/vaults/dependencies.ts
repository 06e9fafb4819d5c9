import type { PlannedChange } from "../changes/plannedChange.js";
import type { Provider } from "../report.js";
import type { Dependency, DependencyKind, SourceKind, Subject } from "./adapters.js";
import { nativeType } from "./azureNative.js";
import { azurermTypesOf } from "./azurerm.js";
import { type DependencyRow, dependencyRows as rows } from "./dependencyRows.js";

const sourceKinds: readonly DependencyKind[] = [
  "storageAccount",
  "networkRules",
  "fileShare",
  "blobContainer",
  "storageService",
  "lifecyclePolicy",
  "snapshot",
  "restorePoint",
  "clusterExtension",
  "trustedAccess",
] satisfies SourceKind[];

/** Most storage accounts and clusters are not backed up, so only what is about one that is counts. */
export const isSource = (kind: DependencyKind | undefined): boolean => kind !== undefined && sourceKinds.includes(kind);

const byType = new Map(
  (Object.entries(rows) as [DependencyKind, DependencyRow][]).flatMap(
    ([kind, { noun, isOfVault = false, types, arm }]) =>
      [...types, ...types.flatMap(azurermTypesOf), ...arm].map(
        (type) => [type.toLowerCase(), { kind, noun, isOfVault }] as const,
      ),
  ),
);

/**
 * The classic provider has these types under former names as well, two of them misspelt.
 * https://github.com/pulumi/pulumi-azure/blob/master/provider/resources.go
 */
const formerNames: Readonly<Record<string, string>> = {
  "azure:keyvault/certifiate:Certifiate": "azure:keyvault/certificate:Certificate",
  "azure:managementresource/manangementLock:ManangementLock": "azure:management/lock:Lock",
  "azure:msi/userAssignedIdentity:UserAssignedIdentity":
    "azure:authorization/userAssignedIdentity:UserAssignedIdentity",
  "azure:role/assignment:Assignment": "azure:authorization/assignment:Assignment",
  "azure:role/definition:Definition": "azure:authorization/roleDefinition:RoleDefinition",
};

/** What each kind is called. */
export const dependencyNames = Object.fromEntries(
  Object.entries(rows).map(([kind, { noun, isOfVault = false }]) => [kind, { noun, isOfVault }]),
) as Record<DependencyKind, Pick<Dependency, "noun" | "isOfVault">>;

/** The types of every kind, for tests and for the readers of other tools. */
export const dependencyTypes: ReadonlyMap<string, Omit<Dependency, "provider">> = byType;

/** The kind of a type of Resource Manager's. */
export const kindOfArmType = (armType: string): DependencyKind | undefined => byType.get(armType.toLowerCase())?.kind;

/** What vaults depend on, by any provider's type for it. */
export function dependencyOf(change: Pick<PlannedChange, "type" | "old" | "new">): Dependency | undefined {
  const native = nativeType(change.type);
  const type = native ? `azure-native:${native}` : (formerNames[change.type] ?? change.type);
  const found = byType.get(type.toLowerCase()) ?? byType.get(armTypeOf(change)?.toLowerCase() ?? "");
  return found && { ...found, provider: providerOf(change.type) };
}

/** Resource types of these are about backups, whatever they are. */
export const isAboutBackups = (armType: string): boolean =>
  /^Microsoft\.(DataProtection|RecoveryServices)\//i.test(armType);
const backupModules =
  /^azure-native(_\w+)?:(dataprotection|recoveryservices)[:/]|^azure:(dataprotection|recoveryservices|backup|siterecovery)\/|^azurerm:\w+\/(dataProtection|recoveryServices|backup|siteRecovery)|^azurerm_(data_protection|recovery_services|backup|site_recovery)_/;

/** https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/subscription */
const cancelled = /^azurerm_subscription$|^(azure:core|azurerm:index)\/subscription:/;

/**
 * Why this version cannot judge a resource that is about backups, or undefined if it is not about backups. Generic
 * resources (azure-native's `Resource`, azapi) and Terraform's types end here, unless something before
 * knows their types.
 */
export function unsupportedBackupType(change: Pick<PlannedChange, "type" | "old" | "new">): Subject | undefined {
  const { type } = change;
  if (cancelled.test(type)) {
    const why = "Its deletion cancels the subscription, with all vaults in it, which this version does not check.";
    return { is: "unsupported", provider: providerOf(type), why, without: ["create", "update"] };
  }
  const arm = armTypeOf(change);
  if (!(arm && isAboutBackups(arm)) && !backupModules.test(type)) return undefined;
  const what = arm && !type.includes(arm) ? `${arm} through the type ${type}` : `the type ${type}`;
  const why = `This version cannot check ${what}.`;
  return {
    is: "unsupported",
    provider: providerOf(type),
    why,
    without: isSiteRecovery(type, arm) ? ["create", "update"] : ["create"],
  };
}

/** It replicates machines. Its policies, fabrics and mappings have no part in the backups, however they are updated. */
const isSiteRecovery = (type: string, arm = ""): boolean =>
  /^azure:siterecovery\/|^azurerm(_|:index\/)site_?recovery|^azure-native.*:Replication\w+$/i.test(type) ||
  /^Microsoft\.RecoveryServices\/vaults\/replication/i.test(arm);

export function providerOf(type: string): Provider {
  if (type.startsWith("azure-native")) return "azure-native";
  if (/^microsoft\./i.test(type)) return "arm";
  const [, made] = /^(?:action\.)?(azapi|azurerm)/.exec(type) ?? [];
  return made === "azapi" || made === "azurerm" ? made : "azure";
}

/**
 * Resource Manager's type of a generic resource: `Microsoft.DataProtection/backupVaults`. If it becomes one of another type,
 * the one that is deleted counts.
 */
export function armTypeOf({ type, old, new: wanted }: Pick<PlannedChange, "type" | "old" | "new">): string | undefined {
  const inputs = (old ?? wanted)?.inputs ?? {};
  const text = (name: string) => (typeof inputs[name] === "string" ? inputs[name] : "");
  if (/^microsoft\./i.test(type)) return type;
  if (/^azapi(_|:index\/)(resource|update_?resource)(:|$)/i.test(type))
    return text("type").split("@")[0] || armTypeIn(old?.id) || armTypeIn(text("resourceId"));
  if (nativeType(type) !== "resources:Resource") return undefined;
  const parent = text("parentResourcePath").split("/").filter(Boolean);
  const types = [...parent.filter((_, index) => index % 2 === 0), text("resourceType")];
  const named = text("resourceProviderNamespace") && [text("resourceProviderNamespace"), ...types].join("/");
  return named || armTypeIn(old?.id);
}

/** The type of the resource of an ARM ID. */
export function armTypeIn(id: string | undefined): string | undefined {
  const [, namespace, path] = /.*\/providers\/([^/]+)\/(.+)$/i.exec(id ?? "") ?? [];
  if (!namespace || !path) return undefined;
  return [namespace, ...path.split("/").filter((_, index) => index % 2 === 0)].join("/");
}
