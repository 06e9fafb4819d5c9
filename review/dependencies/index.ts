import { judgeDependency, type Verdict } from "../../provider/rules/index.js";
import type { PlannedChange } from "../changes/plannedChange.js";
import type { Dependency, DependencyKind } from "../vaults/adapters.js";
import { changesAccount, isAzapiUpdate } from "../vaults/azapiUpdate.js";
import { isAccessOperation } from "./accessOperations.js";
import { judgeLifecyclePolicy, judgeSourcePart, judgeStorageAccount, judgeStorageSettings } from "./backupSources.js";
import { judgeContainer, judgePolicy, judgeReplicatedItem } from "./backups.js";
import type { DependencyChange } from "./change.js";
import { judgeClosed } from "./closedSources.js";
import { judgeDenySettings } from "./denySettings.js";
import { judgeExtension } from "./extensions.js";
import { judgeGroup } from "./groups.js";
import { judgeAccess, judgeIdentity, judgeKey, judgeKeyVault } from "./keys.js";
import { judgeLock } from "./locks.js";
import { judgeProtectionAction } from "./protectionActions.js";
import { judgeEndpoint, judgeGuard, judgeGuardAssociation } from "./protections.js";
import { readingOf } from "./reading.js";
import { judgeBackup } from "./removedBackups.js";
import { judgeRoleDefinition } from "./roleDefinitions.js";
import { judgeSnapshot } from "./snapshots.js";
import { judgeTrustedAccess } from "./trustedAccess.js";

export { mayConcernBackups } from "./backupSources.js";
export { type Knowledge, knowledge } from "./known.js";
export { instanceActedOn } from "./protectionActions.js";

/** How each kind is judged. */
const judges: Record<DependencyKind, (change: DependencyChange) => Verdict[] | Promise<Verdict[]>> = {
  resourceGroup: judgeGroup,
  backupInstance: (change) => judgeBackup(change, "BackupVault"),
  protectedItem: (change) => judgeBackup(change, "RecoveryServicesVault"),
  protectionAction: judgeProtectionAction,
  container: judgeContainer,
  replicatedItem: judgeReplicatedItem,
  policy: judgePolicy,
  key: judgeKey,
  certificate: judgeKey,
  keyVault: judgeKeyVault,
  managedHsm: judgeKeyVault,
  identity: judgeIdentity,
  roleAssignment: judgeAccess,
  roleDefinition: judgeRoleDefinition,
  accessPolicy: judgeAccess,
  lock: judgeLock,
  resourceGuard: judgeGuard,
  guardAssociation: judgeGuardAssociation,
  privateEndpoint: judgeEndpoint,
  denySettings: judgeDenySettings,
  storageAccount: judgeStorageAccount,
  networkRules: judgeClosed,
  fileShare: judgeSourcePart,
  blobContainer: judgeSourcePart,
  storageService: judgeStorageSettings,
  lifecyclePolicy: judgeLifecyclePolicy,
  snapshot: judgeSnapshot,
  restorePoint: judgeSnapshot,
  clusterExtension: judgeExtension,
  trustedAccess: judgeTrustedAccess,
};

/** Whether also a creation takes something away from vaults. */
export const isJudgedAtCreation = (planned: PlannedChange, { kind }: Dependency): boolean =>
  kind === "lock" || changesAccount(planned.type, kind) || isAccessOperation(planned);

export interface JudgedDependency {
  verdicts: Verdict[];
  /** The codes of the rules that were applied, whether or not they found something. */
  rules: ReadonlySet<string>;
}

/** What a change to something that vaults depend on means for them. The creation of most means nothing. */
export async function judgeDependencyChange(
  planned: PlannedChange,
  subject: Dependency,
  { isChecked, context, known }: Pick<DependencyChange, "isChecked" | "context" | "known">,
): Promise<JudgedDependency> {
  const { action, old, new: wanted } = planned;
  const isMade = action === "create" && isJudgedAtCreation(planned, subject);
  if (!isMade && (action === "create" || action === "nothing" || !old)) return { verdicts: [], rules: new Set() };
  // The result of an operation that this version does not know is reported as not checked.
  const operation = action === "update" || action === "unknown" ? "change" : action;
  const isRemoved =
    (action === "delete" || action === "replace") && !old?.retainOnDelete && !isAzapiUpdate(planned.type);
  const rules = new Set<string>();
  const verdicts = await judges[subject.kind]({
    planned,
    subject,
    old: readingOf(old, true),
    wanted: readingOf(wanted, false),
    operation,
    isRemoved,
    isChecked,
    known,
    context,
    judge(rule, found) {
      rules.add(rule.code);
      return judgeDependency(rule, operation, found);
    },
  });
  return { verdicts, rules };
}
