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
import { containsUnknown } from "../../provider/vaults/unknowns.js";
import { at, type Value } from "../values.js";
import type { DependencyChange } from "./change.js";
import { listOf } from "./policies.js";
import type { Reading } from "./reading.js";

/** What a policy of a Recovery Services vault keeps. Undefined: its provider writes it in a form that is not read. */
export interface KeptOfPolicy {
  kept: Kept[];
  isVaulted: boolean;
}

/** As far as its provider writes it in Azure's form, this package's, or the blocks of azurerm and the classic provider. */
export function protectionPolicyIn({ old, wanted, subject }: DependencyChange) {
  const isOurs = subject.provider === "azure-backup";
  const [before, after] = [old, wanted].map((reading) =>
    isOurs ? ofOurs(reading) : isInArm(reading) ? ofArm(reading) : inBlocks(reading),
  );
  const isOpen = !isOurs && containsUnknown(wanted.value("properties"));
  return { before, after, ...(isOpen && { open: "What it would become is only known during `pulumi up`." }) };
}

function ofOurs(reading: Reading): KeptOfPolicy | undefined {
  const given = Object.fromEntries(policyContents.map((name) => [name, reading.value(name)]));
  const content = contentOfArguments(given);
  return content && keptOf(given.dataSource, content);
}

const isInArm = (reading: Reading): boolean => reading.value("properties") !== undefined;

function ofArm(reading: Reading): KeptOfPolicy | undefined {
  const properties = reading.value("properties");
  if (containsUnknown(properties)) return undefined;
  if (typeof properties !== "object" || properties === null) return undefined;
  const { dataSource, content } = readPolicy(properties);
  return content && keptOf(dataSource, content);
}

function keptOf(dataSource: unknown, content: PolicyContent): KeptOfPolicy | undefined {
  const name: WorkloadName | undefined = workloadNames.find((each) => each === dataSource);
  const store = name && variantOf(name, content.variant)?.store;
  return store && { kept: keptBy(content, store), isVaulted: content.variant === "Vaulted" };
}

const blocks = {
  daily: "retentionDaily",
  weekly: "retentionWeekly",
  monthly: "retentionMonthly",
  yearly: "retentionYearly",
};

/** Each block has a number of what its name says. */
function inBlocks(reading: Reading): KeptOfPolicy {
  const isShare = reading.value("backupTier") !== undefined;
  const isVaulted = reading.value("backupTier") === "vault-standard";
  const store = isShare && !isVaulted ? "OperationalStore" : "VaultStore";
  const countIn = (block: Value): number | undefined => {
    const count = at(listOf(block)[0], "count");
    return typeof count === "number" ? count : undefined;
  };
  const of = (rule: string, unit: string, count: number | undefined, where = store): Kept[] =>
    count === undefined ? [] : [{ rule, isDefault: false, store: where, keep: `P${count}${unit}` }];
  const tiers = (read: (name: string) => Value): Kept[] =>
    (Object.keys(blocks) as Tier[]).flatMap((tier) => of(tier, tierUnits[tier], countIn(read(blocks[tier]))));
  const databases = listOf(reading.value("protectionPolicies", "protectionPolicy")).flatMap((each) => {
    const type = at(each, "policyType");
    if (type === "Full") return tiers((name) => at(each, name));
    return typeof type === "string" ? of(type, "D", countIn(at(each, "simpleRetention"))) : [];
  });
  const days = reading.value("instantRestoreRetentionDays");
  return {
    kept: [
      ...tiers((name) => reading.value(name)),
      ...databases,
      ...of("snapshots", "D", typeof days === "number" ? days : undefined, "OperationalStore"),
    ],
    isVaulted,
  };
}
