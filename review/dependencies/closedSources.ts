import { type ClosedSetting, sourceClosed, type Verdict } from "../../provider/rules/index.js";
import { unknown } from "../../provider/vaults/ruleVault.js";
import { isOfAzurerm, type Provider } from "../report.js";
import { at, listOf, type Value } from "../values.js";
import { sourcesOf } from "./backedUp.js";
import type { DependencyChange } from "./change.js";
import type { Truth } from "./keyAddress.js";
import { type Reading, readingOf, sameId } from "./reading.js";
import type { Source } from "./source.js";
import { accountNameOf } from "./storageAccounts.js";

/*
 * What a storage account lets Azure Backup in by. Nothing that exists is lost without it, but the next backups fail.
 * https://learn.microsoft.com/azure/backup/blob-backup-configure-manage
 * https://learn.microsoft.com/azure/backup/backup-azure-files
 * https://learn.microsoft.com/azure/backup/azure-file-share-support-matrix#permitted-scope-for-copy-operations-preview
 */

/** Whether backups get in. Undefined: the program leaves it as it is. */
type Openness = "open" | "closed" | "unknown" | undefined;

interface Setting {
  name: string;
  isOfShares: boolean;
  /** What it is. What it leaves out in the wanted state is as in the state before. */
  read(wanted: Reading, before: Reading): Openness;
  remediation(naming: Naming): string;
}

/** azurerm's arguments in Terraform, these as Pulumi spells them, and Resource Manager's. */
type Naming = "terraform" | "classic" | "arm";

const isOn = (value: Value): Openness => {
  if (value === unknown) return "unknown";
  return value === undefined || value === null ? undefined : value === false ? "closed" : "open";
};

const switched = (
  name: string,
  isOfShares: boolean,
  { terraform, classic, arm }: Readonly<Record<Naming, string>>,
): Setting => ({
  ...{ name, isOfShares },
  read: (reading) => isOn(reading.value(classic, arm, `properties.${arm}`)),
  remediation: (naming) => `set \`${{ terraform, classic, arm }[naming]}\` to true`,
});

const settings: readonly Setting[] = [
  switched("cross-tenant replication", false, {
    terraform: "cross_tenant_replication_enabled",
    classic: "crossTenantReplicationEnabled",
    arm: "allowCrossTenantReplication",
  }),
  switched("access by account key", true, {
    terraform: "shared_access_key_enabled",
    classic: "sharedAccessKeyEnabled",
    arm: "allowSharedKeyAccess",
  }),
  {
    name: "access of trusted Azure services through the firewall",
    isOfShares: true,
    read: throughFirewall,
    remediation: (naming) => `add AzureServices to \`${naming === "classic" ? "bypasses" : "bypass"}\``,
  },
  {
    name: "copying from accounts outside of its virtual network",
    isOfShares: true,
    read: fromOtherNetworks,
    remediation: (naming) => `set \`${naming === "terraform" ? "allowed_copy_scope" : "allowedCopyScope"}\` to AAD`,
  },
];

/** From which accounts it may be copied to this one. Those of the same tenant (`AAD`) are enough for Azure Backup. */
function fromOtherNetworks(account: Reading): Openness {
  const scope = account.text("allowedCopyScope", "properties.allowedCopyScope");
  if (scope === unknown) return "unknown";
  return scope === undefined ? undefined : sameId(scope, "PrivateLink") ? "closed" : "open";
}

/**
 * The exceptions from the firewall stay in effect if public network access is disabled:
 * https://learn.microsoft.com/azure/storage/common/storage-network-security-limitations
 */
function throughFirewall(wanted: Reading, before: Reading): Openness {
  const [has, had] = [rulesIn(wanted), rulesIn(before)];
  if (has.action === undefined && has.bypass === undefined) return undefined;
  const trusts = isTrusting(has.bypass ?? had.bypass);
  if (trusts === "yes") return "open";
  const action = has.action ?? had.action;
  if (action === unknown) return "unknown";
  if (!sameId(action, "Deny")) return "open";
  return trusts === "no" ? "closed" : "unknown";
}

interface FirewallRules {
  action: Value;
  bypass: Value;
}

/** In a block of the account, under each provider's name for it, or as a resource of its own. */
function rulesIn(reading: Reading): FirewallRules {
  const block = reading.value("networkRules", "networkRuleSet", "networkAcls", "properties.networkAcls");
  const rules = listOf(block)[0];
  const given = (...names: string[]): Value =>
    names
      .map((name) => (rules === undefined ? reading.value(name) : at(rules, name)))
      .find((value) => value !== undefined && value !== null);
  return { action: given("defaultAction"), bypass: given("bypass", "bypasses") };
}

/** Whether trusted services get past the firewall: Azure's default. Resource Manager has a text, as in `Logging, AzureServices`. */
function isTrusting(bypass: Value): Truth {
  if (bypass === unknown) return "unknown";
  const all =
    typeof bypass === "string"
      ? bypass
          .split(",")
          .map((each) => each.trim())
          .filter((each) => each !== "")
      : listOf(bypass);
  if (all.length === 0 || all.some((each) => sameId(each, "AzureServices"))) return "yes";
  return all.includes(unknown) ? "unknown" : "no";
}

/** A storage account, or its firewall rules as a resource of their own, by what they become. */
export async function judgeClosed(change: DependencyChange): Promise<Verdict[]> {
  const { operation, judge } = change;
  // Without rules of its own, the firewall is open: azurerm resets it.
  if (operation === "delete") return [];
  const there = written(change);
  const closed = closedSettings(there);
  if (closed.length === 0) return [];
  const { sources, unread } = await sourcesOf(there, accountNameOf(there));
  const active = sources.filter(({ isStopped, cluster }) => !isStopped && !cluster);
  const shares = active.filter(({ share }) => share !== undefined);
  const [backedUp, perhaps] = await replicated(active);
  const those = (isOfShares: boolean) => closed.filter((each) => each.isOfShares === isOfShares);
  return judge(sourceClosed, {
    blobs: { settings: those(false), backedUp, perhaps },
    shares: { settings: those(true), backedUp: shares, perhaps: [] },
    unread,
  });
}

/**
 * What a change writes to the storage account that it is about afterwards. A replacement may write it to another one: only if it
 * is the same one, it says what that had before.
 */
export function written(change: DependencyChange): DependencyChange {
  const { planned, operation } = change;
  if (operation !== "replace") return change;
  const there = { ...change, planned: { ...planned, address: "" }, old: readingOf(undefined, true), isRemoved: false };
  const isSame = accountNameOf(there) === accountNameOf(change);
  return isSame ? { ...change, operation: "change", isRemoved: false } : { ...there, operation: "create" };
}

/** The vaulted backups of blobs, and those of which it is not known whether they are. */
export async function replicated(sources: readonly Source[]): Promise<[Source[], Source[]]> {
  const truths = await Promise.all(sources.map(async (each) => (await each.isReplicated?.()) ?? "no"));
  const those = (truth: Truth) => sources.filter((_, index) => truths[index] === truth);
  return [those("yes"), those("unknown")];
}

type Closed = ClosedSetting & Pick<Setting, "isOfShares">;

/** What lets backups in before, as it must if they are made, and afterwards does not, or perhaps not. */
function closedSettings({ planned, subject, old, wanted }: DependencyChange): Closed[] {
  const naming = namingOf(planned.type, subject.provider);
  return settings.flatMap(({ name, isOfShares, read, remediation }) => {
    const [was, is] = [read(old, old), read(wanted, old)];
    const isHidden = was === "unknown" && is === "unknown";
    if (is === undefined || is === "open" || was === "closed" || (isHidden && !planned.hidesDifference)) return [];
    const how = isHidden ? whatIsHidden : is === "closed" ? "off" : "only known during `pulumi up`";
    return [{ isOfShares, text: `${name} (${how})`, remediation: remediation(naming) }];
  });
}

const whatIsHidden = "what it was and becomes, the preview hides";

const namingOf = (type: string, provider: Provider): Naming => {
  if (!isOfAzurerm(provider)) return "arm";
  return type.startsWith("azurerm_") ? "terraform" : "classic";
};
