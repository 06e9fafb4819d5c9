import { inSnakeCase } from "./planDocuments.js";
import type { StepOf } from "./previews.js";

type Values = Record<string, unknown>;

/** A resource in Azure, and how each provider has it. */
export interface Thing {
  id: string;
  /** What azurerm and the classic provider have as its ID, if that is another one. */
  classicId?: string;
  /** Resource Manager's type, and the names of those types that are made for it. */
  arm: string;
  native: string;
  classic?: [type: string, terraform: string];
  ours?: string;
  /** Resource Manager's body. */
  body: Values;
  /** The arguments of azurerm and the classic provider. */
  arguments?: Values;
  /** The arguments of this package's class. */
  own?: Values;
}

/** What each provider calls a kind of resource. */
type Kind = Pick<Thing, "arm" | "native" | "classic" | "ours">;

const instanceOf = (classic: string, azurerm: string): Kind => ({
  arm: "Microsoft.DataProtection/backupVaults/backupInstances",
  native: "dataprotection:BackupInstance",
  classic: [`azure:dataprotection/backupInstance${classic}`, `azurerm_data_protection_backup_instance_${azurerm}`],
  ours: "BackupInstance",
});

export const diskInstance = instanceOf("Disk:BackupInstanceDisk", "disk");
export const blobInstance = instanceOf("BlogStorage:BackupInstanceBlogStorage", "blob_storage");

export const clusterExtension: Kind = {
  arm: "Microsoft.KubernetesConfiguration/extensions",
  native: "kubernetesconfiguration:Extension",
  classic: [
    "azure:containerservice/kubernetesClusterExtension:KubernetesClusterExtension",
    "azurerm_kubernetes_cluster_extension",
  ],
};

/** It, as one provider has it. */
export interface Form {
  type: string;
  id: string;
  inputs: Values;
}

/** What a run does with it. `wanted`: what its arguments become. */
export const step = (op: string, { type, id, inputs }: Form, wanted: object = inputs, name = "it"): StepOf => ({
  ...{ op, type, name, id, old: inputs },
  ...(op !== "delete" && { new: { ...wanted } }),
});

/** It, as every provider has it that has a type for it. */
export function formsOf(thing: Thing): Form[] {
  const { id, classicId = id, arm, native, classic, ours, body, arguments: given = {}, own = {} } = thing;
  const [module = "", name = ""] = native.split(":");
  const [namespace, ...types] = arm.split("/");
  const names = id.split("/").slice(-2 * types.length);
  const versioned = { type: `${arm}@2025-07-01` };
  const inClassic = (type: string): Form => ({ type, id: classicId, inputs: given });
  return [
    ...[native, `${module}/v20240401:${name}`].map((each) => ({ type: `azure-native:${each}`, id, inputs: body })),
    { type: `azure-native_${module}_v20250701:${native}`, id, inputs: body },
    {
      type: "azure-native:resources:Resource",
      id,
      inputs: {
        ...body,
        resourceProviderNamespace: namespace,
        parentResourcePath: names.slice(0, -2).join("/"),
        resourceType: types.at(-1),
        resourceName: names.at(-1),
        apiVersion: "2025-07-01",
      },
    },
    { type: "azapi:index/resource:Resource", id, inputs: { ...versioned, body } },
    { type: "azapi:index/resource:Resource", id, inputs: { ...versioned, body: JSON.stringify(body) } },
    { type: "avm:tf:azapi_resource", id: "module.avm", inputs: { ...versioned, id, body } },
    ...(classic ? [inClassic(classic[0]), inClassic(bridged(classic[1]))] : []),
    ...(classic
      ? [{ type: `avm:tf:${classic[1]}`, id: "module.avm", inputs: { ...inTerraform(given), id: classicId } }]
      : []),
    ...(ours
      ? ["pulumi-nodejs:dynamic/azure-backup:", "azure-backup:index:"].map((prefix) => ({
          type: `${prefix}${ours}`,
          id,
          inputs: own,
        }))
      : []),
  ];
}

/** The type in a Pulumi package that is made of Terraform's provider. */
function bridged(terraform: string): string {
  const camel = terraform.replace("azurerm_", "").replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
  return `azurerm:index/${camel}:${camel.charAt(0).toUpperCase()}${camel.slice(1)}`;
}

const inTerraform = (values: Values): Values =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      inSnakeCase(name),
      isBlock(value) ? [inTerraform(value as Values)] : value,
    ]),
  );

/** No list, and no map: the names of a block's arguments are words. */
const isBlock = (value: unknown): boolean =>
  typeof value === "object" &&
  value !== null &&
  !Array.isArray(value) &&
  Object.keys(value).every((name) => /^[a-z]\w*$/i.test(name));
