import { counted } from "../../provider/rules/index.js";
import { type Maybe, unknown } from "../../provider/vaults/ruleVault.js";
import { isSameValue as isSameSetting } from "../../provider/vaults/values.js";
import { at, containsUnknown, isSameValue, listOf, type Value } from "../values.js";
import type { DependencyChange } from "./change.js";
import { isSet } from "./reading.js";
import { type Weakened, whatIsHidden } from "./storageSettings.js";

/*
 * Rules by which a storage account deletes blobs, or versions of them.
 * https://learn.microsoft.com/azure/storage/blobs/lifecycle-management-policy-structure
 */

/** What a rule deletes, and how many days after what. */
interface Expiry {
  days: Maybe<number>;
  since: Since;
  /** How the names of the blobs begin: `container/name`. Empty: all. */
  prefix: Maybe<string>;
  /** Empty: all. */
  type: Maybe<string>;
  tags: Value[];
}

/** The earliest first: none deletes later than the next one, for as many days. */
const moments = ["creation", "last modification", "last access"] as const;
type Since = (typeof moments)[number];

/** A rule that deletes versions of blobs, and did not, not as soon, or of fewer blobs. */
export function weakerRules(change: DependencyChange): Weakened[] {
  const { before, after, more } = compared(change, ofVersions);
  if (change.planned.hidesDifference && [...before, ...after].some((each) => !isKnown(each)))
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

/** Blobs that a rule deletes, and did not, or not as soon. */
export interface DeletedBlobs {
  /** How their names begin: `container/name`. */
  prefix: Maybe<string>;
  text: string;
}

/** Backups of a cluster are such blobs, each of which is its only version. */
export function deletedBlobs(change: DependencyChange): DeletedBlobs[] {
  const { before, after, more } = compared(change, ofBlobs);
  const hidden = change.planned.hidesDifference ? [...before, ...after].filter((each) => !isKnown(each)) : [];
  return [
    ...hidden.map(({ prefix }): DeletedBlobs => ({ prefix, text: `blobs (${whatIsHidden})` })),
    ...more.filter(isOfBlockBlobs).map(({ prefix, days, since, tags }): DeletedBlobs => {
      const all = tags.length > 0 ? "blobs with certain tags" : prefix === "" ? "all blobs" : "blobs";
      const where = prefix === unknown ? " under a prefix that is not known" : ` under ${prefix}`;
      const which = prefix === "" ? all : `${all}${where}`;
      const when = days === unknown ? "only known during `pulumi up`" : `${counted(days, "day")} after their ${since}`;
      return { prefix, text: `${which} (${when})` };
    }),
  ];
}

/** Whether what begins like that can be in a container. Which one it is may not be known. */
export function isInContainer(prefix: Maybe<string>, container: Maybe<string> | undefined): boolean {
  if (typeof prefix !== "string" || typeof container !== "string") return true;
  const place = `${container.toLowerCase()}/`;
  return place.startsWith(prefix.toLowerCase()) || prefix.toLowerCase().startsWith(place);
}

function compared({ old, wanted }: DependencyChange, deletions: (rule: Value) => Deletion[]) {
  const paths = ["rule", "rules", "policy.rules", "properties.policy.rules"];
  const expiries = (rules: Value) => listOf(rules).flatMap((rule) => expiriesOf(rule, deletions(rule)));
  const [before = [], after = []] = [old, wanted].map((reading) => expiries(reading.value(...paths)));
  return { before, after, more: after.filter((each) => !before.some((had) => covers(had, each))) };
}

/** Backups of clusters are such. */
const isOfBlockBlobs = ({ type }: Expiry): boolean => type === unknown || type === "" || type === "blockblob";

const isKnown = (expiry: Expiry): expiry is Expiry & { days: number } =>
  [expiry.days, expiry.prefix, expiry.type].every((each) => each !== unknown) && !containsUnknown(expiry.tags);

/** Whether one deletes, as soon, all that another does. What is only known during the run is covered by the same before. */
function covers(had: Expiry, has: Expiry): boolean {
  const isAsSoon =
    (had.days === has.days || (had.days !== unknown && has.days !== unknown && had.days <= has.days)) &&
    moments.indexOf(had.since) <= moments.indexOf(has.since);
  const isWider =
    had.prefix === has.prefix ||
    (had.prefix !== unknown && (had.prefix === "" || (has.prefix !== unknown && has.prefix.startsWith(had.prefix))));
  const isOfType = had.type === "" || had.type === has.type;
  return isAsSoon && isWider && isOfType && had.tags.every((tag) => has.tags.some((each) => isSameTag(tag, each)));
}

const isSameTag = (a: Value, b: Value): boolean =>
  containsUnknown(a) && containsUnknown(b) ? isSameSetting(a, b) : isSameValue(a, b);

type Deletion = Pick<Expiry, "days" | "since">;

/** Empty: it deletes none of them. */
function expiriesOf(rule: Value, deletions: readonly Deletion[]): Expiry[] {
  if (deletions.length === 0 || at(rule, "enabled") === false) return [];
  const filters = listOf(at(rule, "filters") ?? at(rule, "definition.filters"))[0];
  const given = (...names: string[]): Value =>
    names.map((name) => at(filters, name)).find((each) => each !== undefined);
  const tags = listOf(given("matchBlobIndexTag", "matchBlobIndexTags", "blobIndexMatch"));
  return deletions.flatMap((deletion) =>
    textsOf(given("prefixMatch", "prefixMatches")).flatMap((prefix) =>
      textsOf(given("blobTypes")).map((type) => ({
        ...{ ...deletion, prefix, tags },
        type: type === unknown ? type : type.toLowerCase(),
      })),
    ),
  );
}

/** Without any, it is about all. */
function textsOf(value: Value): Maybe<string>[] {
  if (value === unknown) return [unknown];
  const texts = listOf(value).map((each) => (typeof each === "string" ? each : unknown));
  return texts.length > 0 ? texts : [""];
}

const ofVersions = (rule: Value): Deletion[] =>
  deletionsIn(actionIn(rule, "version"), {
    creation: ["deleteAfterDaysSinceCreation", "delete.daysAfterCreationGreaterThan"],
  });

/** https://learn.microsoft.com/azure/storage/blobs/lifecycle-management-policy-delete */
const ofBlobs = (rule: Value): Deletion[] =>
  deletionsIn(actionIn(rule, "baseBlob"), {
    creation: ["deleteAfterDaysSinceCreationGreaterThan", "delete.daysAfterCreationGreaterThan"],
    "last modification": ["deleteAfterDaysSinceModificationGreaterThan", "delete.daysAfterModificationGreaterThan"],
    "last access": ["deleteAfterDaysSinceLastAccessTimeGreaterThan", "delete.daysAfterLastAccessTimeGreaterThan"],
  });

const actionIn = (rule: Value, name: string): Value =>
  listOf(at(listOf(at(rule, "actions") ?? at(rule, "definition.actions"))[0], name))[0];

/** @param paths where the days are, in azurerm and in Resource Manager */
function deletionsIn(action: Value, paths: Partial<Record<Since, readonly string[]>>): Deletion[] {
  if (action === unknown) return [{ days: unknown, since: "creation" }];
  return moments.flatMap((since) => {
    const given = (paths[since] ?? []).map((path) => at(action, path)).find(isSet);
    if (given === undefined) return [];
    const days = given === unknown ? unknown : Number(given);
    // azurerm has -1 for none.
    return days === unknown || days >= 0 ? [{ days, since }] : [];
  });
}
