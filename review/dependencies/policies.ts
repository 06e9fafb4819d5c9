import { contentOfArguments, policyContents, readPolicy } from "../../provider/policies/backupPolicy.js";
import { isSameContent, keptBy, type PolicyContent, perDayOf, timeOf } from "../../provider/policies/content.js";
import {
  type DataSourceName,
  dataSourceNamed,
  dataSourceNames,
  dataSourceOf,
  pageOf,
} from "../../provider/policies/dataSources.js";
import { type Gap, gapOfIntervals, gapsOf } from "../../provider/policies/gaps.js";
import type { KeptBackups } from "../../provider/policies/keptBackups.js";
import type { ChangedPolicy, Kept } from "../../provider/rules/index.js";
import { type Maybe, unknown } from "../../provider/vaults/ruleVault.js";
import type { PlannedChange } from "../changes/plannedChange.js";
import { isOfAzurerm } from "../report.js";
import { at, containsUnknown, listOf, toValue, type Value } from "../values.js";
import { type DependencyChange, notKnownYet } from "./change.js";
import { backupsInBlocks } from "./keptBlocks.js";
import { isSet, type PolicyType, type Reading } from "./reading.js";

const rulesPaths = ["policyRules", "properties.policyRules"];
const typesPaths = ["datasourceTypes", "properties.datasourceTypes"];

/** What would change in a policy of a Backup vault. */
export function policyDifference({ old, wanted, planned, subject }: DependencyChange): ChangedPolicy {
  return isOfAzurerm(subject.provider)
    ? differenceOfArguments(planned)
    : differenceOf(old, wanted, contentOf(old), contentOf(wanted));
}

/** How long a policy of a Backup vault keeps backups, in any provider's form. Undefined: this version does not know. */
export function keptByPolicy(policy: Reading, { provider, type }: PolicyType): Kept[] | undefined {
  if (isOfAzurerm(provider)) return keptInBlocks(policy, type);
  const content = provider === "azure-backup" ? contentOfOurs(policy) : contentOf(policy);
  return content && keptBy(content);
}

/** How far apart its backups are, in the same forms. Nothing where this version does not know, or backup is continuous. */
export function gapsByPolicy(policy: Reading, { provider, type }: PolicyType): Maybe<Gap[]> {
  if (!isOfAzurerm(provider)) {
    const content = provider === "azure-backup" ? contentOfOurs(policy) : contentOf(policy);
    return content ? gapsOf(content) : [];
  }
  const source = sourceOf(type);
  const intervals = policy.value(...intervalArguments);
  if (source === undefined) return [];
  if (containsUnknown(intervals)) return unknown;
  return gapOfIntervals(dataSourceOf(source).scheduled.store, listOf(intervals).map(String));
}

/** Pulumi has a plural for the list of Data Lake Storage. */
const intervalArguments = ["backupRepeatingTimeIntervals", "backupSchedules", "backupSchedule"];

const sourceOf = (type: string): DataSourceName | undefined => usualStores.find(([pattern]) => pattern.test(type))?.[1];

/** None of these providers updates a policy, so every other argument is another policy. */
function differenceOfArguments({ old, new: wanted }: PlannedChange): ChangedPolicy {
  const [was, is] = [old, wanted].map((state) => toValue(state?.inputs ?? {}));
  const names = Object.keys({ ...wanted?.inputs }).filter((name) => name !== "timeouts");
  const changed = names.filter((name) => {
    const had = at(was, name);
    const has = at(is, name);
    return (isSet(had) || isSet(has)) && !isSameValue(had, has);
  });
  return {
    changed: changed.map((name) => `\`${name}\``),
    ...(changed.some((name) => containsUnknown(at(is, name))) && { open: notKnownYet }),
  };
}

/** Something of what it keeps is only known during the run. */
export const isOpenPolicy = (policy: Reading): boolean =>
  [...rulesPaths, "retention", ...retentionArguments].some((path) => containsUnknown(policy.value(path)));

function differenceOf(
  old: Reading,
  wanted: Reading,
  before: PolicyContent | undefined,
  after: PolicyContent | undefined,
): ChangedPolicy {
  const changed = [
    { name: "the data source types", paths: typesPaths, isSame: false },
    { name: "the rules", paths: rulesPaths, isSame: before && after && isSameContent(before, after) },
  ].filter(({ paths, isSame }) => !isSame && !isSameValue(old.value(...paths), wanted.value(...paths)));
  const isOpen = changed.some(({ paths }) => containsUnknown(wanted.value(...paths)));
  return {
    changed: changed.map(({ name }) => name),
    ...(isOpen && { open: notKnownYet }),
  };
}

/** What is left out of what the program wants, it does not want to change. */
const isSameValue = (was: unknown, wanted: unknown): boolean =>
  wanted === undefined || (!containsUnknown(wanted) && JSON.stringify(was) === JSON.stringify(wanted));

function contentOf(reading: Reading): PolicyContent | undefined {
  const policyRules = reading.value(...rulesPaths);
  return Array.isArray(policyRules) ? readPolicy({ policyRules }).content : undefined;
}

function contentOfOurs(reading: Reading): PolicyContent | undefined {
  return contentOfArguments(Object.fromEntries(policyContents.map((name) => [name, reading.value(name)])));
}

/** Microsoft's page on what a policy or instance of a Backup vault is for. Undefined: that of the rules. */
export const pageFor = (reading: Reading, type: string): string | undefined => pageOf(dataSourceIn(reading, type));

/** Where every backup of its data source is. Undefined: not known, or it depends on the policy. */
export function storesOfSource(reading: Reading, type: string): string[] | undefined {
  const name = dataSourceIn(reading, type);
  const stores = name ? Object.keys(dataSourceOf(name).longest) : [];
  return stores.length === 1 ? stores : undefined;
}

/** What a policy or instance is for. Undefined: not known. */
export function dataSourceIn(reading: Reading, type: string): DataSourceName | undefined {
  const named = [
    sourceOf(type),
    ...[reading.text("dataSource"), listOf(reading.value(...typesPaths))[0], reading.text(...sourceTypePaths)].map(
      (name) => dataSourceNames.find((each) => each === name) ?? dataSourceNamed(String(name?.toString())),
    ),
  ];
  return named.find((name) => name !== undefined);
}

const sourceTypePaths = ["properties.dataSourceInfo.datasourceType"];

/** Of azurerm's types, which have a name for each data source: where a backup is stored that the arguments do not say. */
const usualStores: readonly (readonly [RegExp, DataSourceName])[] = [
  [/(policy|instance)_?disk/i, "AzureDisk"],
  [/(policy|instance)_?kubernetes/i, "AzureKubernetesService"],
  // The classic provider misspells its instance.
  [/(policy|instance)_?blo[bg]/i, "AzureBlob"],
  [/(policy|instance)_?data_?lake/i, "AzureDataLakeStorage"],
  [/(policy|instance)_?postgresql_?flexible/i, "AzureDatabaseForPostgreSQLFlexibleServer"],
  [/(policy|instance)_?mysql_?flexible/i, "AzureDatabaseForMySQL"],
  // Of single servers, in the vault as well.
  [/(policy|instance)_?postgresql/i, "AzureDatabaseForPostgreSQLFlexibleServer"],
];

const defaultDurations = ["defaultRetentionDuration", "vaultDefaultRetentionDuration"];
// The second one of azurerm 3, for blobs.
const operationalDurations = ["operationalDefaultRetentionDuration", "retentionDuration"];
const ruleBlocks = ["retentionRules", "retentionRule"];
const retentionArguments = [...defaultDurations, ...operationalDurations, "defaultRetentionRule", ...ruleBlocks];

/** The retention in the arguments of azurerm and the classic provider. Undefined: nothing of it is understood. */
function keptInBlocks(reading: Reading, type: string): Kept[] | undefined {
  const source = sourceOf(type);
  if (source === undefined) return undefined;
  const usual = dataSourceOf(source).scheduled.store;
  const perDay = perDayOf(listOf(reading.value(...intervalArguments)).map((text) => timeOf(String(text))));
  const kept = (rule: string, isDefault: boolean, store: Value, keep: Value, of?: KeptBackups): Kept[] =>
    typeof store === "string" && typeof keep === "string" && isSet(keep)
      ? [{ rule, isDefault, store, keep, ...(of && { of }) }]
      : [];
  const inBlock = (rule: string, isDefault: boolean, block: Value): Kept[] => {
    const lifecycles = listOf(at(block, "lifeCycle") ?? at(block, "lifeCycles"));
    // Data Lake Storage has the criteria in the rule itself.
    const of = isDefault ? undefined : backupsInBlocks(listOf(at(block, "criteria") ?? block), perDay);
    if (lifecycles.length === 0) return kept(rule, isDefault, usual, at(block, "duration"), of);
    return lifecycles.flatMap((each) => kept(rule, isDefault, at(each, "dataStoreType"), at(each, "duration"), of));
  };
  const all = [
    ...kept("Default", true, usual, reading.value(...defaultDurations)),
    ...kept("Default_OperationalStore", true, "OperationalStore", reading.value(...operationalDurations)),
    ...listOf(reading.value("defaultRetentionRule")).flatMap((block) => inBlock("Default", true, block)),
    ...listOf(reading.value(...ruleBlocks)).flatMap((block) => {
      const name = at(block, "name");
      return typeof name === "string" ? inBlock(name, false, block) : [];
    }),
  ];
  // Every policy keeps something.
  return all.length > 0 ? all : undefined;
}
