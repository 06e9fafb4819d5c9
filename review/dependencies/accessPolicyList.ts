import { accessRemoved, type Verdict } from "../../provider/rules/index.js";
import type { Encryption } from "../../provider/vaults/ruleVault.js";
import { accessOf } from "../judgeKeyAccess.js";
import { isOfArm } from "../report.js";
import { isSameValue, toValue, type Value } from "../values.js";
import { subjectOf } from "../vaults/index.js";
import { accessInList, givesAccess, permitsAll, policiesIn } from "./access.js";
import type { DependencyChange } from "./change.js";
import { keyAddress, type Truth } from "./keyAddress.js";
import type { Knowledge, KnownVault } from "./known.js";
import { othersGrant } from "./otherAccess.js";
import { permissionModelOf } from "./permissionModel.js";
import { isSameHidden, readingOf, sameId, subscriptionIn } from "./reading.js";
import { both, either, not } from "./truth.js";

/**
 * A key vault that is written with a list of access policies. Azure replaces all of them by these, also those that the list
 * never had because they are resources of their own. azurerm sends the list only if it changes.
 * https://learn.microsoft.com/rest/api/keyvault/keyvault/vaults/create-or-update
 */
export async function judgeWrittenList(change: DependencyChange): Promise<Verdict[]> {
  const { old, wanted, subject, planned, known, judge } = change;
  const list = policiesIn(wanted);
  const place = keyAddress(old.id);
  if (!list || !place || (permissionModelOf(wanted) ?? permissionModelOf(old)) === true) return [];
  const had = policiesIn(readingOf(planned.old, false));
  if (!isOfArm(subject.provider) && (isSameValue(had, list) || isSameHidden(planned, had, list))) return [];
  const found = await known.vaults(subscriptionIn(old.id));
  const mayBeIn = ({ keyUri }: Encryption) => (keyAddress(keyUri)?.store ?? place.store) === place.store;
  const vaults = found.vaults.filter(({ encryption }) => encryption && mayBeIn(encryption));
  const truths = await Promise.all(vaults.map((vault) => isTaken(change, vault, list)));
  const those = (truth: Truth) => vaults.filter((_, index) => truths[index] === truth);
  const verdicts = judge(accessRemoved, { users: those("yes"), perhaps: those("unknown") });
  return verdicts.map((verdict) => ({ ...verdict, reason, remediation }));
}

/** Whether the write takes the access policy of a vault that has its key there. */
async function isTaken(
  { old, planned, known, subject }: DependencyChange,
  vault: KnownVault,
  list: readonly Value[],
): Promise<Truth> {
  const isListed = either(list.map((policy) => givesAccess(accessInList(policy, keyAddress(old.id)), vault)));
  if (isListed === "yes") return "no";
  if (othersGrant(known.all, planned, vault, { kinds: ["accessPolicy"] }) !== "no") return "unknown";
  const grants = keyGrants(known, vault);
  if (grants.includes("policy")) return "unknown";
  const held = await known.keyPermissions(vault.encryption?.keyUri, vault.principalId);
  if ("value" in held) return both(not(isListed), permitsAll(held.value));
  // It has one if the key vault has access policies, because it uses the key. A what-if result shows those of Azure, and so
  // does a plan of azurerm, which refreshes them.
  const isSeen = subject.provider === "arm" || !isOfArm(subject.provider);
  return isListed === "no" && !isSeen && !grants.includes("role") ? "unknown" : "no";
}

const reason =
  "It is written with a list of access policies that the one of the vault's identity is not in. Such a write replaces all access " +
  "policies, also those that are resources of their own or that another program has added.";

const remediation =
  "Put the access policy of the vault's identity into the list, with Get, Wrap Key and Unwrap Key, leave the list out, or use roles.";

/** How this package's resources give a vault access to its key. They ask the key vault which way counts. */
const keyGrants = ({ all }: Knowledge, { encryption, principalId }: KnownVault): ("policy" | "role")[] =>
  all.flatMap((planned) => {
    const { action, old, new: wanted } = planned;
    const state = action === "delete" ? undefined : (wanted ?? old);
    if (!state || subjectOf(planned)?.is !== "keyAccess") return [];
    const access = accessOf(toValue({ ...old?.outputs, ...state.inputs }));
    const isIts = keyAddress(access?.keyUri)?.store === keyAddress(encryption?.keyUri)?.store;
    if (!isIts || !sameId(access?.principalId, principalId)) return [];
    return access?.grantedBy === undefined || access.grantedBy === "AccessPolicy" ? ["policy"] : ["role"];
  });
