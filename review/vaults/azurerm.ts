import { fields, type PlannedChange, type State } from "../changes/plannedChange.js";
import { inForm } from "../values.js";
import type { PreviewAdapter, Subject } from "./adapters.js";
import { azureClassic, azureClassicKey, azureClassicRecovery } from "./azureClassic.js";

/**
 * Terraform's provider, in Terraform or as a package that Pulumi makes of it. Pulumi's classic provider is made of it as
 * well, so that its arguments are the same except for their spelling.
 * https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/data_protection_backup_vault
 */
export function azurermSubject(type: string): Subject | undefined {
  const [, terraform, pulumi] = /^(?:azurerm_(\w+)|azurerm:index\/(\w+):\w+)$/.exec(type) ?? [];
  const name = terraform === undefined ? pulumi : inCamelCase(terraform);
  if (name === undefined) return undefined;
  const known = Object.hasOwn(types, name) ? types[name] : undefined;
  if (known || !/^(dataProtectionBackupVault|recoveryServicesVault)/.test(name)) return known;
  return { is: "unsupported", provider: "azurerm", why: `This version does not know the type ${type}.` };
}

const asItsOwn = (classic: PreviewAdapter): Pick<PreviewAdapter, "provider" | "property"> => ({
  provider: "azurerm",
  property: (name) => classic.property(inCamelCase(name)),
});

const types: Record<string, Subject> = {
  dataProtectionBackupVault: { is: "vault", vault: { ...azureClassic, ...asItsOwn(azureClassic) } },
  dataProtectionBackupVaultCustomerManagedKey: { is: "part", part: { ...azureClassicKey, provider: "azurerm" } },
  recoveryServicesVault: { is: "vault", vault: { ...azureClassicRecovery, ...asItsOwn(azureClassicRecovery) } },
};

const inCamelCase = (name: string): string => name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** Terraform has every block as a list. These can occur once. */
const single = ["identity", "encryption", "monitoring", "networkAcls", "privateServiceConnection"];

/** Pulumi's names of lists are plurals. */
const plurals: Record<string, string> = {
  accessPolicy: "accessPolicies",
  permission: "permissions",
  vaultCriticalOperationExclusionList: "vaultCriticalOperationExclusionLists",
};

/** A change of Terraform's provider with the arguments as Pulumi's classic provider has them. */
export function inClassicForm(change: PlannedChange): PlannedChange {
  if (!/^azurerm[_:]/.test(change.type)) return change;
  const { old, new: wanted } = change;
  return { ...change, ...(old && { old: stateOf(old) }), ...(wanted && { new: stateOf(wanted) }) };
}

const stateOf = (state: State): State => ({
  ...state,
  inputs: fields(asClassic(state.inputs)),
  outputs: fields(asClassic(state.outputs)),
});

/** Only blocks have arguments inside. The names in a map, such as tags, are the program's own. */
function asClassic(values: unknown): unknown {
  const named = Object.entries(fields(values)).map(([terraform, value]) => {
    const name = inCamelCase(terraform);
    if (single.includes(name))
      return [name, inForm(value, (given) => asBlock(Array.isArray(given) ? given[0] : given))];
    // A list that is not known yet has no elements, but the same name.
    return [plurals[name] ?? name, inForm(value, (given) => (Array.isArray(given) ? given.map(asBlock) : given))];
  });
  return Object.fromEntries(named);
}

const asBlock = (value: unknown): unknown => inForm(value, (given) => (isBlock(given) ? asClassic(given) : given));

const isBlock = (value: unknown): boolean => typeof value === "object" && value !== null && !Array.isArray(value);

/** Where Terraform's name is not made of the module and the name of Pulumi's classic provider. */
const exceptions: Record<string, string> = {
  "azure:authorization/assignment:Assignment": "role_assignment",
  "azure:authorization/roleDefinition:RoleDefinition": "role_definition",
  "azure:authorization/userAssignedIdentity:UserAssignedIdentity": "user_assigned_identity",
  "azure:compute/restorePoint:RestorePoint": "virtual_machine_restore_point",
  "azure:compute/restorePointCollection:RestorePointCollection": "virtual_machine_restore_point_collection",
  "azure:compute/snapshot:Snapshot": "snapshot",
  "azure:containerservice/clusterTrustedAccessRoleBinding:ClusterTrustedAccessRoleBinding":
    "kubernetes_cluster_trusted_access_role_binding",
  "azure:containerservice/kubernetesClusterExtension:KubernetesClusterExtension": "kubernetes_cluster_extension",
  "azure:core/resourceGroup:ResourceGroup": "resource_group",
  "azure:dataprotection/backupInstanceBlogStorage:BackupInstanceBlogStorage":
    "data_protection_backup_instance_blob_storage",
  "azure:keyvault/keyVault:KeyVault": "key_vault",
  "azure:privatelink/endpoint:Endpoint": "private_endpoint",
  "azure:storage/dataLakeGen2Filesystem:DataLakeGen2Filesystem": "storage_data_lake_gen2_filesystem",
};

const modules: Record<string, string> = {
  backup: "backup",
  dataprotection: "data_protection",
  keyvault: "key_vault",
  management: "management",
  pim: "pim",
  recoveryservices: "recovery_services",
  siterecovery: "site_recovery",
  storage: "storage",
};

/** The types in Terraform and in a Pulumi package of its provider, for a type of Pulumi's classic provider. */
export function azurermTypesOf(classic: string): string[] {
  const [, module = "", name = ""] = /^azure:(\w+)\/\w+:(\w+)$/.exec(classic) ?? [];
  const words = name.replace(/([a-z])([A-Z])/g, "$1_$2").replace(/([A-Z]+)([A-Z][a-z])/g, "$1_$2");
  const prefix = modules[module];
  const terraform = exceptions[classic] ?? (prefix && `${prefix}_${words.toLowerCase()}`);
  if (terraform === undefined) return [];
  const camel = inCamelCase(terraform);
  return [`azurerm_${terraform}`, `azurerm:index/${camel}:${camel.charAt(0).toUpperCase()}${camel.slice(1)}`];
}
