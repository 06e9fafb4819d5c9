import { weekdays } from "../../provider/policies/content.js";
import { everyMinutes, type Gap, gapOf, gapOfItems, pointsOf } from "../../provider/policies/gaps.js";
import { keptBy, type PolicyContent } from "../../provider/policies/recoveryServices/content.js";
import { contentOfArguments, policyContents, readPolicy } from "../../provider/policies/recoveryServices/policy.js";
import {
  type Tier,
  tierUnits,
  variantOf,
  type WorkloadName,
  workloadNames,
} from "../../provider/policies/recoveryServices/workloads.js";
import type { Kept } from "../../provider/rules/index.js";
import { type Maybe, unknown } from "../../provider/vaults/ruleVault.js";
import { isOfAzurerm } from "../report.js";
import { at, containsUnknown, listOf, type Value } from "../values.js";
import { backupsInBlocks } from "./keptBlocks.js";
import type { PolicyType, Reading } from "./reading.js";

/** What a policy of a Recovery Services vault keeps. */
export interface KeptOfPolicy {
  kept: Kept[];
  /** How far apart its backups are. Nothing: this version does not know. */
  gaps: Maybe<Gap[]>;
  isVaulted: boolean;
  /** `V2` is an enhanced policy of virtual machines. */
  variant: Maybe<string>;
}

/**
 * A policy in Azure's form, this package's, or the blocks of azurerm and the classic provider. Undefined: in another form.
 *
 * @param former what it is now, of which an argument stays that the program leaves to the provider
 */
export function protectionPolicyOf(
  policy: Reading,
  { provider, type }: PolicyType,
  former = policy,
): KeptOfPolicy | undefined {
  if (provider === "azure-backup") return ofOurs(policy);
  return isOfAzurerm(provider) ? inBlocks(policy, type, former) : ofArm(policy);
}

function ofOurs(reading: Reading): KeptOfPolicy | undefined {
  const given = Object.fromEntries(policyContents.map((name) => [name, reading.value(name)]));
  const content = contentOfArguments(given);
  return content && keptOf(given.dataSource, content);
}

function ofArm(reading: Reading): KeptOfPolicy | undefined {
  const properties = reading.value("properties");
  if (containsUnknown(properties)) return undefined;
  if (typeof properties !== "object" || properties === null) return undefined;
  const { dataSource, content } = readPolicy(properties);
  return content && keptOf(dataSource, content);
}

function keptOf(dataSource: unknown, content: PolicyContent): KeptOfPolicy | undefined {
  const name: WorkloadName | undefined = workloadNames.find((each) => each === dataSource);
  const { variant } = content;
  const store = name && variantOf(name, variant)?.store;
  return (
    store && { kept: keptBy(content, store), gaps: gapOfItems(content), isVaulted: variant === "Vaulted", variant }
  );
}

const blocks = {
  daily: "retentionDaily",
  weekly: "retentionWeekly",
  monthly: "retentionMonthly",
  yearly: "retentionYearly",
};

const snapshotDays = ["instantRestoreRetentionDays", "snapshotRetentionInDays"];
const databasePolicies = ["protectionPolicies", "protectionPolicy"];

/** Something of what it keeps is only known during the run. */
export const isOpenProtection = (policy: Reading): boolean =>
  ["properties", "backupTier", ...Object.values(blocks), ...databasePolicies, ...snapshotDays].some((name) =>
    containsUnknown(policy.value(name)),
  );

/** Each block has a number of what its name says. */
function inBlocks(reading: Reading, type: string, former: Reading): KeptOfPolicy | undefined {
  const isShare = /policy_?file_?share/i.test(type);
  const isVaulted = reading.value("backupTier") === "vault-standard";
  const store = isShare && !isVaulted ? "OperationalStore" : "VaultStore";
  const countIn = (block: Value): number | undefined => {
    const count = at(listOf(block)[0], "count");
    return typeof count === "number" ? count : undefined;
  };
  const of = (rule: string, unit: string, count: number | undefined, where = store): Kept[] =>
    count === undefined ? [] : [{ rule, isDefault: false, store: where, keep: `P${count}${unit}` }];
  const tiers = (read: (name: string) => Value): Kept[] =>
    (Object.keys(blocks) as Tier[]).flatMap((tier) => {
      const block = read(blocks[tier]);
      const kept = of(tier, tierUnits[tier], countIn(block));
      return tier === "daily" ? kept : kept.map((each) => ({ ...each, of: backupsInBlocks(listOf(block), 1) }));
    });
  const databases = listOf(reading.value(...databasePolicies)).flatMap((each) => {
    const type = at(each, "policyType");
    if (type === "Full") return tiers((name) => at(each, name));
    return typeof type === "string" ? of(type, "D", countIn(at(each, "simpleRetention"))) : [];
  });
  const days = reading.value(...snapshotDays) ?? former.value(...snapshotDays);
  const kept = [...tiers((name) => reading.value(name)), ...databases];
  // Every policy keeps something.
  if (kept.length === 0) return undefined;
  return {
    kept: [
      ...kept,
      ...of("snapshots", "D", typeof days === "number" && days > 0 ? days : undefined, "OperationalStore"),
    ],
    gaps: gapInBlocks(reading),
    isVaulted,
    variant: reading.text("policyType") ?? "V1",
  };
}

/** Of file shares, an hourly backup has a block of its own; a policy of databases, one for each kind of backup. */
function gapInBlocks(reading: Reading): Maybe<Gap[]> {
  const all = listOf(reading.value(...databasePolicies)).map((each) => at(each, "backup"));
  const given: Value[] = [reading.value("backup"), ...all];
  const backups = given.flatMap((each) => listOf(each));
  if (containsUnknown(backups)) return unknown;
  return backups.length === 0 ? [] : gapOf("", backups.flatMap(pointsInBlock), JSON.stringify(backups));
}

function pointsInBlock(backup: Value): number[] {
  const hourly = listOf(at(backup, "hourly"))[0] ?? backup;
  const numberAt = (...names: string[]) =>
    names.map((name) => at(hourly, name)).find((each): each is number => typeof each === "number" && each > 0);
  const [minutes, hours] = [numberAt("frequencyInMinutes"), numberAt("interval", "hourInterval")];
  if (minutes !== undefined) return everyMinutes(`PT${minutes}M`, 0);
  const window = numberAt("windowDuration", "hourDuration");
  const time = String((at(hourly, "startTime") ?? at(backup, "time") ?? "00:00")?.toString());
  const names = listOf(at(backup, "weekdays")).map((name) => String(name).toLowerCase());
  const frequency = String((at(backup, "frequency") ?? "Daily").toString());
  if (!/^(hourly|daily|weekly)$/i.test(frequency)) return [Number.NaN];
  const isWeekly = /^weekly$/i.test(frequency);
  return pointsOf({
    every: isWeekly ? "P1W" : hours === undefined ? "P1D" : `PT${hours}H`,
    at: time,
    on: weekdays.filter((day) => names.includes(day.toLowerCase())),
    ...(window !== undefined && { windowHours: window }),
  });
}
