import { isDeepStrictEqual } from "node:util";
import type { NarrowedBackup } from "../../provider/rules/index.js";
import { type Maybe, unknown } from "../../provider/vaults/ruleVault.js";
import type { VaultKind } from "../../provider/vaults/vaultId.js";
import { at, containsUnknown, listOf, type Value } from "../values.js";
import type { BackupInAzure } from "./backupInAzure.js";
import type { DependencyChange } from "./change.js";
import type { Reading } from "./reading.js";

/** Which parts of a source are backed up. `only` undefined: all. */
interface Selection {
  only?: readonly string[];
  except: readonly string[];
}

/** By what the parts are called. `unknown`: it is only known during the run. */
type Selections = Readonly<Record<string, Maybe<Selection>>>;

/** What a change takes out of the backup of an instance or item that stays. */
export function narrowed(
  { old, wanted, planned }: DependencyChange,
  kind: VaultKind,
  live: BackupInAzure | undefined,
): NarrowedBackup {
  const [shown, after] = [old, wanted].map(kind === "BackupVault" ? partsOfInstance : disksOfItem) as [
    Selections,
    Selections,
  ];
  const containers = live && "containers" in live ? containersNow(shown.containers, live.containers) : undefined;
  const before: Selections = containers ? { ...shown, containers } : shown;
  const [lost, open]: [string[], string[]] = [[], []];
  for (const [name, is] of Object.entries(after)) {
    const was = before[name];
    if (was === undefined || (was === unknown && !planned.hidesDifference)) continue;
    if (was === unknown || is === unknown) open.push(name);
    else lost.push(...lostOf(name, was, is));
  }
  return { lost, open };
}

/** In Azure, where somebody may have changed it. By rules, it is what those of the program say, or all of them. */
function containersNow(
  shown: Maybe<Selection> | undefined,
  live: readonly string[] | "byRule" | undefined,
): Maybe<Selection> | undefined {
  if (live !== "byRule") return live && { only: live, except: [] };
  return shown === unknown || (shown && !shown.only) ? shown : { except: [] };
}

function lostOf(name: string, was: Selection, is: Selection): string[] {
  if (is.only && !was.only) return [is.only.length > 0 ? `${name} other than ${is.only.join(", ")}` : `all ${name}`];
  const isLeft = (each: string) => (is.only?.includes(each) ?? true) && !is.except.includes(each);
  const had = was.only?.filter((each) => !was.except.includes(each));
  const lost = had ? had.filter((each) => !isLeft(each)) : is.except.filter((each) => !was.except.includes(each));
  if (lost.length === 0) return [];
  return [lost[0] === everything ? name : `${name} ${lost.join(", ")}`];
}

function selection(only: Value, except: Value): Maybe<Selection> {
  if (containsUnknown(only) || containsUnknown(except)) return unknown;
  const [included, excluded] = [textsOf(only), textsOf(except)];
  return { ...(included.length > 0 && { only: included }), except: excluded };
}

/** None of it is unknown. */
const textsOf = (value: Value): string[] => listOf(value).map(String);

/** https://learn.microsoft.com/azure/backup/selective-disk-backup-restore */
function disksOfItem(item: Reading): Selections {
  const properties = item.value(
    "diskExclusionProperties",
    "extendedProperties.diskExclusionProperties",
    "properties.extendedProperties.diskExclusionProperties",
  );
  if (properties === undefined) {
    const luns = selection(item.value("includeDiskLuns"), item.value("excludeDiskLuns"));
    return { "data disks with the LUNs": luns };
  }
  if (containsUnknown(properties)) return { "data disks with the LUNs": unknown };
  const luns = at(properties, "diskLunList");
  const isOnly = at(properties, "isInclusionList") === true;
  // An empty list of what is included leaves only the disk of the operating system.
  return { "data disks with the LUNs": isOnly ? { only: textsOf(luns), except: [] } : selection(undefined, luns) };
}

/** By what each list is of, as this package and Azure have it, and as azurerm does where that differs. */
const lists = [
  { name: "namespaces", only: "includedNamespaces", except: "excludedNamespaces" },
  { name: "resources of the types", only: "includedResourceTypes", except: "excludedResourceTypes" },
  { name: "resources with the labels", only: "labelSelectors", except: "" },
  { name: "volumes of the types", only: "includedVolumeTypes", except: "" },
] as const;

const switches = [
  { name: "snapshots of volumes", paths: ["snapshotVolumes", "volumeSnapshotEnabled"] },
  {
    name: "resources of the whole cluster",
    paths: ["includeClusterScopeResources", "clusterScopedResourcesEnabled"],
  },
] as const;

const parametersPath = "policyInfo.policyParameters.backupDatasourceParametersList";

/** https://learn.microsoft.com/azure/backup/azure-kubernetes-service-cluster-backup */
function partsOfInstance(instance: Reading): Selections {
  const parameters = instance.value(`properties.${parametersPath}`, parametersPath);
  const cluster = parameters ?? instance.value("backupConfiguration", "backupDatasourceParameters");
  const all = listOf(cluster);
  if (parameters === unknown || cluster === unknown || all.includes(unknown))
    return Object.fromEntries(
      ["containers", ...[...lists, ...switches].map(({ name }) => name)].map((name) => [name, unknown]),
    );
  const given = all.length > 0 ? together(all) : undefined;
  return {
    containers: containersOf(instance, given),
    ...(given !== undefined && {
      ...Object.fromEntries(
        lists.map(({ name, only, except }) => [name, selection(at(given, only), at(given, except))]),
      ),
      ...Object.fromEntries(
        switches.map(({ name, paths }) => [name, switchedOn(paths.map((path) => at(given, path)))] as const),
      ),
    }),
  };
}

/** Azure's list has parameters of any kind in any order. Of two that contradict each other, it is not known which counts. */
function together(all: readonly Value[]): Value {
  const names = new Set(all.flatMap((each) => (typeof each === "object" && each !== null ? Object.keys(each) : [])));
  const valueAt = (name: string): Value => {
    const values = all.map((each) => at(each, name)).filter((value) => value !== undefined && value !== null);
    if (values.every(Array.isArray)) return values.flat();
    return values.every((value) => isDeepStrictEqual(value, values[0])) ? values[0] : unknown;
  };
  return Object.fromEntries([...names].map((name) => [name, valueAt(name)]));
}

/** What is a part of the backup, or not. */
const everything = "everything";

function switchedOn(values: readonly Value[]): Maybe<Selection> {
  const value = values.find((each) => each !== undefined && each !== null);
  return value === unknown ? unknown : { only: value === false ? [] : [everything], except: [] };
}

/** azurerm has another name for Data Lake Storage. */
export const containerPaths = ["storageAccountContainerNames", "storageContainerNames", "containers"];

/** Without any, no backup in the vault is made of one. */
function containersOf(instance: Reading, parameters: Value): Maybe<Selection> {
  const settings = instance.value("autoProtectionSettings") ?? at(parameters, "autoProtectionSettings");
  if (containsUnknown(settings)) return unknown;
  if (settings !== undefined && settings !== null && at(settings, "enabled") !== false) {
    const patterns = listOf(at(settings, "rules")).map((rule) => at(rule, "pattern"));
    return selection(
      undefined,
      patterns.map((pattern) => `${String(pattern?.toString())}*`),
    );
  }
  const named = instance.value(...containerPaths) ?? at(parameters, "containersList");
  return containsUnknown(named) ? unknown : { only: textsOf(named), except: [] };
}

/** The containers of blobs that an instance names. `unknown`: rules choose them, or they are not known. Undefined: it names none. */
export function containersIn(instance: Reading): Maybe<readonly string[]> | undefined {
  const { containers } = partsOfInstance(instance);
  if (containers === unknown || containers?.only === undefined) return unknown;
  return containers.only.length > 0 ? containers.only : undefined;
}
