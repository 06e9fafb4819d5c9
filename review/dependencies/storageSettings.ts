import { counted } from "../../provider/rules/index.js";
import { type Maybe, unknown } from "../../provider/vaults/ruleVault.js";
import { isSameValue as isSameSetting } from "../../provider/vaults/values.js";
import { at, containsUnknown, isSameValue, listOf, type Value } from "../values.js";
import { isAzapiUpdate } from "../vaults/azapiUpdate.js";
import type { DependencyChange } from "./change.js";
import { type Reading, readingOf } from "./reading.js";

export interface Weakened {
  text: string;
  isOfShares: boolean;
  /** Without it, object replication stops, by which backups of blobs go into the vault. */
  stopsReplication?: boolean;
}

interface Setting {
  name: string;
  isOfShares?: true;
  isForReplication?: true;
  /** In Resource Manager's service of blobs or files. */
  arm: string;
  /** In the account, as azurerm and the classic provider have it. */
  block: string;
  /** For how many days, where the account has that beside it. */
  days?: string;
}

/**
 * https://learn.microsoft.com/azure/storage/blobs/point-in-time-restore-overview#prerequisites-for-point-in-time-restore
 * https://learn.microsoft.com/azure/storage/blobs/object-replication-overview#prerequisites-and-caveats-for-object-replication
 */
const settings: readonly Setting[] = [
  {
    name: "blob versioning",
    isForReplication: true,
    arm: "isVersioningEnabled",
    block: "blobProperties.versioningEnabled",
  },
  {
    name: "the change feed",
    isForReplication: true,
    arm: "changeFeed",
    block: "blobProperties.changeFeedEnabled",
    days: "changeFeedRetentionInDays",
  },
  { name: "point-in-time restore", arm: "restorePolicy", block: "blobProperties.restorePolicy" },
  { name: "soft delete of blobs", arm: "deleteRetentionPolicy", block: "blobProperties.deleteRetentionPolicy" },
  {
    name: "soft delete of containers",
    arm: "containerDeleteRetentionPolicy",
    block: "blobProperties.containerDeleteRetentionPolicy",
  },
  {
    name: "soft delete of file shares",
    isOfShares: true,
    arm: "shareDeleteRetentionPolicy",
    block: "shareProperties.retentionPolicy",
  },
];

/** What was on, and no longer is, or for fewer days. */
export function weakenedSettings(change: DependencyChange): Weakened[] {
  const { planned, subject, isRemoved, operation } = change;
  const isService = subject.kind === "storageService";
  const [old, wanted] = [planned.old, planned.new].map((state) => readingOf(state, false));
  return settings.flatMap(({ name, isOfShares = false, isForReplication = false, arm, block, days }) => {
    const valueIn = (reading: Reading | undefined): Value =>
      isService
        ? reading?.value(arm, `properties.${arm}`)
        : inBlock(reading?.value(block.split(".")[0] ?? ""), block, days);
    const given = isRemoved ? undefined : valueIn(wanted);
    // Azure keeps what is left out at the creation, or of an update of azapi, and azurerm a whole block.
    const isLeftOut = isEmpty(given);
    const inAccount = !isService && !isRemoved;
    const isAdded = operation === "create" || isAzapiUpdate(planned.type);
    if (isLeftOut && (isAdded || (inAccount && lacksBlock(wanted, block)))) return [];
    // Azure Backup itself switches these on. That counts once the program sets one, or the block that it is in: what a state has
    // besides its inputs, a program that leaves it out keeps.
    const own = valueIn(old);
    const current = valueIn(change.old);
    const isSet = !isLeftOut || (inAccount && lacksBlock(old, block));
    const was = isSet && !containsUnknown(own) && !containsUnknown(current) ? current : own;
    // Only what-if has read it from Azure just now.
    const isUnseen = !isLeftOut && (was ?? undefined) === undefined && subject.provider !== "arm";
    const isNew = operation === "create" || isUnseen;
    const had = isNew ? Number.POSITIVE_INFINITY : daysOn(was);
    if (had === 0 || (had === unknown && !planned.hidesDifference)) return [];
    const has = daysOn(given);
    const how = had === unknown ? whatIsHidden : lessThan(had, has, isNew);
    const stopsReplication = isForReplication && (has === 0 || has === unknown);
    return how === undefined ? [] : [{ isOfShares, stopsReplication, text: `${name} (${how})` }];
  });
}

const whatIsHidden = "what it was and becomes, the preview hides";

/** How much less one is than the other. Of what is created, nothing was longer. */
function lessThan(had: number, has: Maybe<number>, isNew: boolean): string | undefined {
  if (has === unknown) return "only known during `pulumi up`";
  if (has === 0) return "off";
  if (isNew || has >= had) return undefined;
  return `${counted(has, "day")} instead of ${had === Number.POSITIVE_INFINITY ? "no end" : had}`;
}

/** Terraform has each block as a list. */
function inBlock(outer: Value, path: string, days?: string): Value {
  if (outer === unknown) return unknown;
  const block = listOf(outer)[0];
  const value = at(block, path.split(".")[1] ?? "");
  // azurerm has 0 for no end.
  return value === true && days !== undefined ? { enabled: true, days: at(block, days) || undefined } : value;
}

const lacksBlock = (reading: Reading | undefined, path: string): boolean =>
  isEmpty(reading?.value(path.split(".")[0] ?? ""));

/** Terraform has a block that is left out as an empty list. */
const isEmpty = (value: Value): boolean => listOf(value).length === 0;

/** For how long it is on: 0 if it is off. */
function daysOn(value: Value): Maybe<number> {
  if (value === unknown) return unknown;
  const policy = Array.isArray(value) ? value[0] : value;
  if (policy === undefined || policy === null || policy === false) return 0;
  if (policy === unknown) return unknown;
  if (typeof policy !== "object") return Number.POSITIVE_INFINITY;
  const [enabled, days] = [at(policy, "enabled"), at(policy, "days") ?? at(policy, "retentionInDays")];
  if (enabled === false) return 0;
  if (enabled === unknown || days === unknown) return unknown;
  return typeof days === "number" ? days : Number.POSITIVE_INFINITY;
}

/** What a rule deletes the versions of, and how many days after their creation. */
interface Expiry {
  days: Maybe<number>;
  /** How the names of the blobs begin: `container/name`. Empty: all. */
  prefix: Maybe<string>;
  /** Empty: all. */
  type: Maybe<string>;
  tags: Value[];
}

/** A rule that deletes versions of blobs, and did not, not as soon, or of fewer blobs. */
export function weakerRules({ old, wanted, planned }: DependencyChange): Weakened[] {
  const paths = ["rule", "rules", "policy.rules", "properties.policy.rules"];
  const [before = [], after = []] = [old, wanted].map((reading) => listOf(reading.value(...paths)).flatMap(expiriesOf));
  const more = after.filter((each) => !before.some((had) => covers(had, each)));
  if (planned.hidesDifference && [...before, ...after].some((each) => !isKnown(each)))
    return [{ isOfShares: false, text: `the lifecycle rules (${whatIsHidden})` }];
  if (more.length === 0) return [];
  const known = more.filter(isKnown);
  if (known.length === 0) return [{ isOfShares: false, text: "the lifecycle rules (only known during `pulumi up`)" }];
  const has = Math.min(...known.map(({ days }) => days));
  const isSooner = !before.some(({ days }) => days !== unknown && days <= has);
  const what = isSooner ? "versions of blobs" : "versions of more blobs";
  return [
    { isOfShares: false, text: `${what} (deleted by a lifecycle rule ${counted(has, "day")} after their creation)` },
  ];
}

const isKnown = (expiry: Expiry): expiry is Expiry & { days: number } =>
  [expiry.days, expiry.prefix, expiry.type].every((each) => each !== unknown) && !containsUnknown(expiry.tags);

/** Whether one deletes, as soon, all that another does. What is only known during the run is covered by the same before. */
function covers(had: Expiry, has: Expiry): boolean {
  const isAsSoon = had.days === has.days || (had.days !== unknown && has.days !== unknown && had.days <= has.days);
  const isWider =
    had.prefix === has.prefix ||
    (had.prefix !== unknown && (had.prefix === "" || (has.prefix !== unknown && has.prefix.startsWith(had.prefix))));
  const isOfType = had.type === "" || had.type === has.type;
  return isAsSoon && isWider && isOfType && had.tags.every((tag) => has.tags.some((each) => isSameTag(tag, each)));
}

const isSameTag = (a: Value, b: Value): boolean =>
  containsUnknown(a) && containsUnknown(b) ? isSameSetting(a, b) : isSameValue(a, b);

/** Empty: it deletes no versions. https://learn.microsoft.com/azure/storage/blobs/lifecycle-management-policy-structure */
function expiriesOf(rule: Value): Expiry[] {
  const days = daysOfVersions(rule);
  if (days === Number.POSITIVE_INFINITY) return [];
  const filters = listOf(at(rule, "filters") ?? at(rule, "definition.filters"))[0];
  const given = (...names: string[]): Value =>
    names.map((name) => at(filters, name)).find((each) => each !== undefined);
  const tags = listOf(given("matchBlobIndexTag", "matchBlobIndexTags", "blobIndexMatch"));
  return textsOf(given("prefixMatch", "prefixMatches")).flatMap((prefix) =>
    textsOf(given("blobTypes")).map((type) => ({ days, prefix, type, tags })),
  );
}

/** Without any, it is about all. */
function textsOf(value: Value): Maybe<string>[] {
  if (value === unknown) return [unknown];
  const texts = listOf(value).map((each) => (typeof each === "string" ? each : unknown));
  return texts.length > 0 ? texts : [""];
}

/** When a rule deletes versions. Infinity: it does not. */
function daysOfVersions(rule: Value): Maybe<number> {
  const actions = listOf(at(rule, "actions") ?? at(rule, "definition.actions"))[0];
  const version = listOf(at(actions, "version"))[0];
  const days = at(version, "deleteAfterDaysSinceCreation") ?? at(version, "delete.daysAfterCreationGreaterThan");
  if (at(rule, "enabled") === false) return Number.POSITIVE_INFINITY;
  if (days === unknown) return unknown;
  // azurerm has -1 for none.
  return typeof days === "number" && days >= 0 ? days : Number.POSITIVE_INFINITY;
}
