import {
  instanceDeleted,
  instanceNarrowed,
  instanceReplaced,
  instanceResumed,
  instanceStopped,
  itemDeleted,
  itemNarrowed,
  itemReplaced,
  itemResumed,
  itemStopped,
  type ReplacedInstance,
  type StoppedInstance,
  type Verdict,
} from "../../provider/rules/index.js";
import { resourceTypes } from "../../provider/vaults/resourceTypes.js";
import { type Maybe, unknown } from "../../provider/vaults/ruleVault.js";
import type { VaultKind } from "../../provider/vaults/vaultId.js";
import type { PlannedChange } from "../changes/plannedChange.js";
import type { Provider } from "../report.js";
import { isAzapiUpdate, isWrittenWhole } from "../vaults/azapiUpdate.js";
import { type BackupInAzure, backupInAzure } from "./backupInAzure.js";
import { type DependencyChange, isHiddenAsBefore } from "./change.js";
import { judgeStopConsent } from "./guards.js";
import { type Reading, readingOf, sameId, type VaultRef } from "./reading.js";

/** By the kind of vault: what this package has for it, and the rules. */
export const backupRules = {
  BackupVault: {
    type: resourceTypes.BackupInstance,
    deleted: instanceDeleted,
    stopped: instanceStopped,
    resumed: instanceResumed,
    replaced: instanceReplaced,
    narrowed: instanceNarrowed,
  },
  RecoveryServicesVault: {
    type: resourceTypes.ProtectedItem,
    deleted: itemDeleted,
    stopped: itemStopped,
    resumed: itemResumed,
    replaced: itemReplaced,
    narrowed: itemNarrowed,
  },
} as const;

/** An instance or item that stays: whether backup goes on, of what, and by which policy. */
export async function judgeChanged(
  change: DependencyChange,
  kind: VaultKind,
  ref: VaultRef | undefined,
): Promise<Verdict[]> {
  const { judge } = change;
  const live = await backupInAzure(change, ref);
  const { had, wants, isOurs, isStated } = protectionsOf(change, kind, live);
  const asItIs = `leave its ${isOurs ? "`protection`" : "protection state"} as it is.`;
  // What is suspended is kept by the policy already.
  const isStopped = had === "stopProtectionRetainData";
  const mayResume = isStopped && isStated && (wants === undefined || wants === unknown);
  const resumed = mayResume ? judge(backupRules[kind].resumed, wants === unknown ? unknown : true) : [];
  if (isStopped && wants === unknown) return resumed;
  if (wants === unknown || (wants !== undefined && wants !== had)) {
    const remediation = `To keep backing it up, ${asItIs}`;
    const verdicts = judge(backupRules[kind].stopped, wants);
    if (wants === unknown) return verdicts;
    const consent = await judgeStopConsent(change, kind, ref, wants);
    return [...verdicts.map((verdict) => ({ ...verdict, remediation })), ...consent];
  }
  // This package writes another policy only when it resumes the backup.
  if (isOurs && wants !== undefined) return [];
  const before = live?.policyId || policyOf(change.old);
  const after = policyOf(change.wanted);
  if (had === undefined && wants === undefined && losesPolicy(change))
    return judge(backupRules[kind].stopped, "withoutPolicy");
  const kept = isOurs ? 'set `protection: "stopProtectionRetainData"`.' : asItIs;
  const goesOn = resumed.map((verdict) => ({ ...verdict, remediation: `To keep every backup that exists, ${kept}` }));
  const { narrowed } = await import("./selections.js");
  const left = [
    ...goesOn,
    ...(isOurs ? [] : judge(backupRules[kind].replaced, otherSource(change))),
    ...judge(backupRules[kind].narrowed, narrowed(change, kind, live)),
  ];
  if (before === undefined || after === undefined || sameId(before, after)) return left;
  if (isHiddenAsBefore(change, policyOf(change.old), after)) return left;
  const { judgeOtherPolicy } = await import("./otherPolicy.js");
  return [...left, ...(await judgeOtherPolicy(change, kind, ref, [before, after]))];
}

// Of other providers, azurerm replaces what gets another source. Azure takes either spelling of an instance's.
const sourcePaths = [
  "properties.sourceResourceId",
  "properties.dataSourceInfo.resourceID",
  "properties.dataSourceInfo.resourceId",
];

/** Another source by an update. */
function otherSource({ old, wanted, planned }: DependencyChange): ReplacedInstance {
  const [was, is] = [old, wanted].map((reading) => reading.text(...sourcePaths));
  const isHidden = was === unknown && !planned.hidesDifference;
  const isSame = was === undefined || isHidden || is === undefined || sameId(was, is);
  const names = sourcePaths.flatMap((path) => (isSame || wanted.text(path) === undefined ? [] : path)).slice(0, 1);
  const isOpen = was === unknown || is === unknown;
  return { changed: isOpen ? [] : names, open: isOpen ? names : [], deletesBackups: false, isUpdated: true };
}

const stoppedWords: Record<string, StoppedInstance> = {
  stopprotectionretaindata: "stopProtectionRetainData",
  suspend: "suspend",
  protectionstopped: "stopProtectionRetainData",
  backupssuspended: "suspend",
};

interface Protections {
  had: Maybe<StoppedInstance> | undefined;
  wants: Maybe<StoppedInstance> | undefined;
  isOurs: boolean;
  /** The program says how it wants it. Without a value, this package's argument says it, too. */
  isStated: boolean;
}

/** How its backup is stopped, now and then: by this package's argument, or by the state of an item that another tool writes. */
function protectionsOf(change: DependencyChange, kind: VaultKind, live: BackupInAzure | undefined): Protections {
  const { old, wanted, subject, planned } = change;
  const isOurs = subject.provider === "azure-backup";
  // These write an item as a whole: with a policy, and without a state, its backup goes on. So does azurerm where it has no
  // argument for the state, which it otherwise always records: for file shares.
  const isWhole =
    isWrittenWhole(subject.provider, planned.type) ||
    (!isOurs && !isAzapiUpdate(planned.type) && old.value(...states) === undefined);
  const valueIn = (reading: Reading, paths: string[]) =>
    isOurs || kind === "RecoveryServicesVault" ? reading.text(...paths) : undefined;
  const meant = (value: Maybe<string> | undefined) =>
    value === unknown ? unknown : stoppedWords[value?.toLowerCase() ?? ""];
  // Of this package's own, the state records how Azure has it, which may have stopped outside of the program.
  const isLive = live && kind === "RecoveryServicesVault" && !isOurs;
  const shown = valueIn(old, isOurs ? ["protectionState", "protection"] : states);
  // Azure empties the policy of an item whose backup is stopped.
  const isWithoutPolicy = kind === "RecoveryServicesVault" && !isOurs && policyOf(old) === undefined;
  const has = isLive ? live.state : (shown ?? (isWithoutPolicy ? "ProtectionStopped" : undefined));
  const given = valueIn(wanted, isOurs ? ["protection"] : states);
  const isKept = isHiddenAsBefore(change, shown, given);
  const had = isKept && has === unknown ? undefined : has;
  const wants = isKept ? had : given;
  return {
    had: meant(had),
    wants: meant(wants),
    isOurs,
    isStated: isOurs || wants !== undefined || (isWhole && policyOf(wanted) !== undefined),
  };
}

/**
 * Whether a run stops the backup of an instance or item, or lets it go on. Undefined: it stays as it is. What repeats the state
 * that a plan had of it does neither: Azure may have another one.
 */
export function stoppedByRun(
  { type, action, old, new: wanted, hidesDifference }: PlannedChange,
  provider: Provider,
): boolean | undefined {
  if (action !== "update") return undefined;
  const [before, after] = [readingOf(old, true), readingOf(wanted, false)];
  const [was, is] = [before, after].map((reading) => reading.text("protection", ...states));
  const mayDiffer = is === unknown && hidesDifference;
  if (is !== undefined) return is === was && !mayDiffer ? undefined : isStopped(is);
  const isWhole = provider === "azure-backup" || isWrittenWhole(provider, type);
  return isWhole && policyOf(after) !== undefined ? false : undefined;
}

export const isStoppedIn = (backup: Reading): boolean => isStopped(backup.text(...states, "protection"));

export const isStopped = (state: Maybe<string> | undefined): boolean =>
  state !== unknown && stoppedWords[state?.toLowerCase() ?? ""] === "stopProtectionRetainData";

const states = ["protectionState", "properties.protectionState"];

const policyPaths = [
  "policyId",
  "backupPolicyId",
  // Of azurerm's instance for Data Lake Storage.
  "backupPolicyDataLakeStorageId",
  "properties.policyId",
  "properties.policyInfo.policyId",
];

/** The policy of an instance or item. */
export const policyOf = (backup: Reading): Maybe<string> | undefined => backup.text(...policyPaths);

/** The program names its policy no longer. What only sets a part of it leaves the rest. */
const losesPolicy = ({ planned, wanted }: DependencyChange): boolean =>
  !isAzapiUpdate(planned.type) &&
  policyOf(readingOf(planned.old, false)) !== undefined &&
  policyOf(wanted) === undefined;
