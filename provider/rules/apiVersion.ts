import { unknown } from "../vaults/ruleVault.js";
import { fromTo, when } from "./findings.js";
import { regionOf, sameId } from "./identities.js";
import type { Change, Finding, Rule } from "./rule.js";
import { softDelete as machines } from "./softDelete.js";
import { reports, sources } from "./sources.js";
import { isUnrecognized, stateOf } from "./stateMachine.js";
import type { VaultOf } from "./transition.js";
import { all, any, differs, type OpenValue, type Truth, truthOf } from "./truth.js";
import { shown } from "./wording.js";

// What the api-version of a write decides. Recovery Services vaults are written by one for all.

type BackupVault = VaultOf<"BackupVault">;
type BackupVaultChange = Change<"BackupVault">;

const softDelete = machines.BackupVault;

/**
 * Where soft delete by default is generally available for Backup vaults; elsewhere the api-version decides.
 * https://learn.microsoft.com/azure/backup/secure-by-default (checked 2026-11)
 */
const generallyAvailable = ["australiaeast", "westcentralus", "eastasia"];

const securedByDefaultSince = "2025-09-01";

/** Whether the write is under the newer rules for soft delete. @param open the answer where the location is not known */
export function isSecuredByDefault(apiVersion: string, { location }: BackupVault, open: OpenValue): Truth {
  if (isNewer(apiVersion)) return "yes";
  if (location === unknown || location === undefined || location === null) return open;
  return truthOf(generallyAvailable.includes(regionOf(location)));
}

/** Whether a write is by one of the versions that ask for soft delete that is AlwaysOn. */
const isNewer = (apiVersion: string): boolean => isSince(apiVersion, securedByDefaultSince);

/** An api-version begins with its date; `-preview` comes after it. What has no date is taken for a new one. */
function isSince(apiVersion: string, since: string): boolean {
  const date = /^\d{4}-\d{2}-\d{2}/.exec(apiVersion)?.[0];
  return date === undefined || date >= since;
}

const offReason = `Azure no longer allows soft delete to be turned off: from api-version ${securedByDefaultSince} in every region, and with older api-versions in the regions where secure by default is generally available.`;

const offByApiVersion: Rule<"BackupVault"> = {
  code: "soft-delete-off-by-api-version",
  topic: "softDelete",
  resource: "BackupVault",
  title: "Soft delete can no longer be turned off",
  summary:
    `${offReason} A new vault without soft delete is refused for the same reason, which is inferred. Where Azure still ` +
    "allows it, it is a warning: backups that are deleted afterwards are lost at once.",
  remediation:
    "Keep soft delete On. To purge deleted backups as early as possible, set `softDelete.retentionDurationInDays` to 14, the shortest retention.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: true,
  source: sources.secureByDefault,
  needs: ["vault"],
  judge: (change) => {
    const { operation, before, after, apiVersion } = change;
    if (!after || operation === "replace") return [];
    const isOff = all(
      before ? isState(before, "On", "unknownCurrent") : "yes",
      isState(after, "Off", "unknownDesired"),
    );
    if (isOff === "no") return [];
    const isForbidden = isSecuredByDefault(apiVersion, after, "unknownDesired");
    const where = fromTo(softDelete, change);
    if (before && isOff === "yes" && isForbidden === "no") return [{ decision: "warn", ...where, ...lostAtOnce }];
    const evidence = before ? "microsoft" : "community";
    return when(all(isOff, isForbidden), { decision: "refuse", ...where, reason: offReason, evidence }, change);
  },
};

const lostAtOnce = {
  reason: "Backups that are deleted afterwards are lost at once.",
  remediation: "Keep soft delete On unless deleted backups never need to be recovered.",
};

function isState(vault: BackupVault, state: string, open: OpenValue): Truth {
  const actual = stateOf(softDelete, vault);
  // A value that the table does not have is soft-delete-always-on's to question.
  return actual === unknown ? open : truthOf(!isUnrecognized(softDelete, actual) && actual === state);
}

const required = `Azure requires soft delete to be AlwaysOn from api-version ${securedByDefaultSince}`;

const notAlwaysOn: Rule<"BackupVault"> = {
  code: "soft-delete-not-always-on",
  topic: "softDelete",
  resource: "BackupVault",
  title: "Newer api-versions require AlwaysOn",
  summary:
    `From api-version ${securedByDefaultSince}, Azure has been observed to refuse every write that leaves a vault's soft ` +
    "delete in another state than AlwaysOn, though not in every region and subscription. This package writes such a vault " +
    "with an older api-version, as Azure's error message advises, and says so. A write by another provider with a newer " +
    "api-version is refused.",
  remediation: `Set \`softDelete.state\` to AlwaysOn, which can never be weakened again, or write the vault with an api-version before ${securedByDefaultSince}.`,
  decision: "refuse",
  evidence: "community",
  overridable: true,
  source: reports.alwaysOnApiVersions,
  needs: ["vault"],
  judge: (change) => {
    const { operation, after, writes, apiVersion } = change;
    if (!after || operation === "replace" || !writes) return [];
    return isNewer(apiVersion) ? judgeNewer(change) : judgeOlder(change);
  },
};

function judgeNewer(change: BackupVaultChange): Finding[] {
  const { before, apiVersion } = change;
  const where = fromTo(softDelete, change);
  if (isStated(change)) {
    const reason = `The vault is written with api-version ${apiVersion}, and ${required}.`;
    return when(isNotAlwaysOn(change), { decision: "refuse", ...where, reason }, change);
  }
  // A change of something else leaves soft delete as it is, and going back to the default is weaker than AlwaysOn.
  if (before && (before.softDelete?.state === undefined || stateOf(softDelete, before) === "AlwaysOn")) return [];
  const reason = `The vault is written with api-version ${apiVersion}, and ${required}. What Azure does when the argument is left out is not known.`;
  return [{ decision: "warn", ...where, reason }];
}

function judgeOlder(change: BackupVaultChange): Finding[] {
  // Who always writes so has nothing to tell: Azure takes every state.
  if (change.isOnlyApiVersion) return [];
  if (change.operation === "change" && !isStated(change)) return [];
  // Azure lets none of those go from AlwaysOn, and soft-delete-always-on says so.
  if (change.before && stateOf(softDelete, change.before) === "AlwaysOn") return [];
  const reason = `The vault is written with api-version ${change.apiVersion}, because ${required}.`;
  const remediation = "No action is needed. To keep soft delete on permanently, set `softDelete.state` to AlwaysOn.";
  return when(isNotAlwaysOn(change), { decision: "warn", ...fromTo(softDelete, change), reason, remediation }, change);
}

const isStated = ({ after }: BackupVaultChange): boolean => (after?.softDelete?.state ?? undefined) !== undefined;

/** Whether the vault will have another soft delete than AlwaysOn. A change that says nothing of it leaves what there is. */
function isNotAlwaysOn(change: BackupVaultChange): Truth {
  const { operation, after } = change;
  if (!after || operation === "replace") return "no";
  if (operation === "change" && !isStated(change)) return "unknownCurrent";
  const state = stateOf(softDelete, after);
  if (state === unknown) return "unknownDesired";
  // A value that the table does not have is soft-delete-always-on's to question.
  return truthOf(!isUnrecognized(softDelete, state) && state !== "AlwaysOn");
}

const property = "costManagementGranularity";

/** Stable versions before it do not have the property. https://github.com/Azure/azure-rest-api-specs (checked 2026-12) */
const since = "2026-06-01";

const newerNeeded: Rule<"BackupVault"> = {
  code: "newer-api-version-needed",
  topic: "apiVersion",
  resource: "BackupVault",
  title: "Settings of newer api-versions need AlwaysOn",
  summary:
    `Azure has \`${property}\` from api-version ${since}. A vault whose soft delete is not AlwaysOn is written with an older ` +
    "one, which cannot set it (see `soft-delete-not-always-on`). Nor can a request that replaces all settings, such as a " +
    "change of `redundancy`, repeat the value that such a vault already has. Whether Azure then keeps the value is not known.",
  remediation: `Set \`softDelete.state\` to AlwaysOn, which can never be weakened again, or remove \`${property}\`.`,
  decision: "refuse",
  evidence: "microsoft",
  overridable: true,
  source: sources.specification,
  needs: ["vault"],
  judge(change) {
    const asked = judgeAskedFor(change);
    // Where it is not known whether a new value is asked for, the vault may also only keep what it has.
    return asked.length > 0 || isAskedFor(change) === "yes" ? asked : judgeKept(change);
  },
};

function judgeAskedFor(change: BackupVaultChange): Finding[] {
  const { before, after, apiVersion } = change;
  const truth = all(isAskedFor(change), truthOf(!isNewer(apiVersion)), isNotAlwaysOn(change));
  if (truth === "no") return [];
  const from = before ? shown(before[property]) : "";
  const reason = `Azure supports it from api-version ${since}, but the vault is written with ${apiVersion}, because newer api-versions require soft delete to be AlwaysOn.`;
  return when(truth, { decision: "refuse", property, from, to: shown(after?.[property]), reason }, change);
}

function isAskedFor({ before, after }: BackupVaultChange): Truth {
  const wanted = after?.[property] ?? undefined;
  if (wanted === undefined) return "no";
  // It may turn out to be nothing.
  if (wanted === unknown) return "unknownDesired";
  return before ? differs(before[property], wanted, isSameText) : "yes";
}

/** What the vault has is in danger where a PUT cannot say it. Only Azure knows whether a PUT keeps what it leaves out. */
function judgeKept(change: BackupVaultChange): Finding[] {
  const { operation, before, after, apiVersion, writes } = change;
  const has = before?.[property] ?? undefined;
  if (operation !== "change" || !before || !after || !writes || has === undefined) return [];
  const redundancy = differs(before.redundancy, after.redundancy ?? before.redundancy, isSameText);
  const failed = before.lastWriteFailed === unknown ? "unknownCurrent" : truthOf(before.lastWriteFailed === true);
  // The version follows from soft delete, which is not known without a look at a vault whose program leaves it alone.
  const version: Truth = after.softDelete?.state === unknown ? "unknownDesired" : truthOf(!isSince(apiVersion, since));
  const truth = all(version, any(redundancy, failed), has === unknown ? "unknownCurrent" : "yes");
  const isKept = redundancy === "no";
  const where = isKept
    ? { property, from: shown(has), to: shown(has) }
    : { property: "redundancy", from: shown(before.redundancy), to: shown(after.redundancy) };
  const whole = isKept
    ? "The vault's last write failed, so the next one replaces all settings."
    : "The request that changes `redundancy` replaces all settings.";
  const reason = `${whole} Api-version ${apiVersion} cannot set \`${property}\`, and whether Azure keeps its value, ${shown(has)}, is not known.`;
  const remediation = `Set \`softDelete.state\` to AlwaysOn, which can never be weakened again: such a vault is written with api-version ${since}.`;
  return when(truth, { decision: "refuse", ...where, reason, remediation, evidence: "community" }, change);
}

const isSameText = (a: unknown, b: unknown) => sameId(String(a), String(b));

export const apiVersionRules: readonly Rule<"BackupVault">[] = [offByApiVersion, notAlwaysOn, newerNeeded];
