import { accessRemoved, type Verdict } from "../../provider/rules/index.js";
import { accessOf } from "../judgeKeyAccess.js";
import { isOfArm } from "../report.js";
import { isSameValue, toValue } from "../values.js";
import { subjectOf } from "../vaults/index.js";
import { accessInList, givesAccess, policiesIn } from "./access.js";
import type { DependencyChange } from "./change.js";
import { keyAddress } from "./keyAddress.js";
import type { Knowledge, KnownVault } from "./known.js";
import { othersGrant } from "./otherAccess.js";
import { permissionModelOf } from "./permissionModel.js";
import { isSameHidden, readingOf, sameId, subscriptionIn } from "./reading.js";
import { either } from "./truth.js";

/**
 * A key vault that is written with a list of access policies. Azure replaces all of them by these, also those that the list
 * never had because they are resources of their own. azurerm sends the list only if it changes.
 * https://learn.microsoft.com/rest/api/keyvault/keyvault/vaults/create-or-update
 */
export async function judgeWrittenList(change: DependencyChange): Promise<Verdict[]> {
  const { old, wanted, subject, planned, known, judge } = change;
  const list = policiesIn(wanted);
  const place = keyAddress(old.id);
  if (!list || !place || permissionModelOf(wanted) === true) return [];
  const had = policiesIn(readingOf(planned.old, false));
  if (!isOfArm(subject.provider) && (isSameValue(had, list) || isSameHidden(planned, had, list))) return [];
  const { vaults } = await known.vaults(subscriptionIn(old.id));
  const perhaps = vaults.filter((vault) => {
    if (keyAddress(vault.encryption?.keyUri)?.store !== place.store) return false;
    if (either(list.map((policy) => givesAccess(accessInList(policy, place), vault))) === "yes") return false;
    return othersGrant(known.all, planned, vault, { kinds: ["accessPolicy"] }) !== "no" || hasKeyAccess(known, vault);
  });
  return judge(accessRemoved, { users: [], perhaps }).map((verdict) => ({ ...verdict, reason, remediation }));
}

const reason =
  "It is written with a list of access policies that the one of the vault's identity, which is a resource of its own, is not in. Such a " +
  "write replaces all access policies.";

const remediation =
  "Put the access policy of the vault's identity into the list, with Get, Wrap Key and Unwrap Key, leave the list out, or use roles.";

/** Whether one of this package's has an access policy for the key of a vault. */
const hasKeyAccess = ({ all }: Knowledge, { encryption, principalId }: KnownVault): boolean =>
  all.some((planned) => {
    const { action, old, new: wanted } = planned;
    const state = action === "delete" ? undefined : (wanted ?? old);
    if (!state || subjectOf(planned)?.is !== "keyAccess") return false;
    const access = accessOf(toValue({ ...old?.outputs, ...state.inputs }));
    const isRole = access?.grantedBy !== undefined && access.grantedBy !== "AccessPolicy";
    const isIts = keyAddress(access?.keyUri)?.store === keyAddress(encryption?.keyUri)?.store;
    return !isRole && isIts && sameId(access?.principalId, principalId);
  });
