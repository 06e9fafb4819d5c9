import { registered, registrationFacts } from "./contents.js";
import { becomesEncrypted, encryption, encryptionStates, isKeyChanged, keyFromTo } from "./encryption.js";
import { fromTo, judgeMove, undecided, when } from "./findings.js";
import { ofBothKinds, type Rule, type RulesByKind } from "./rule.js";
import { sources } from "./sources.js";
import { stateOf } from "./stateMachine.js";
import { all, truthOf } from "./truth.js";

const neverReason = "A vault that is encrypted with a customer-managed key can never return to platform-managed keys.";

export const disabled: Rule<"BackupVault"> = {
  code: "cmk-disabled",
  topic: "encryption",
  resource: "BackupVault",
  title: "A customer-managed key cannot be disabled",
  summary: neverReason,
  remediation: "Keep the encryption Enabled. Its key and its identity can be changed, one at a time.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.cmk.BackupVault,
  needs: ["vault"],
  states: encryption.BackupVault,
  judge: (change) =>
    change.after && stateOf(encryption.BackupVault, change.after) !== "unset"
      ? judgeMove(encryption.BackupVault, change, neverReason)
      : [],
};

const removed = ofBothKinds({
  code: "cmk-removed",
  topic: "encryption",
  title: "A customer-managed key cannot be removed",
  summary: {
    BackupVault: `${neverReason} What Azure does with an update that leaves the encryption out is not documented.`,
    RecoveryServicesVault: `${neverReason} Azure has been observed to refuse a PUT that leaves the encryption out.`,
  },
  remediation: "Keep `encryption` in the program, and the key in its key vault, for as long as the vault exists.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.cmk,
  needs: ["vault"],
  judge: (change) => {
    const { after } = change;
    if (!after || change.operation === "replace") return [];
    if (stateOf(encryptionStates, after) === "unset") return judgeMove(encryptionStates, change, neverReason);
    const isKeyless = truthOf((after.encryption?.keyUri ?? undefined) === undefined);
    const finding = { decision: "refuse", ...keyFromTo(change), reason: neverReason } as const;
    return when(all(isKeyChanged(change), isKeyless), finding, change);
  },
});

const afterReason = "A vault accepts a customer-managed key only before anything is registered with it";

export const afterRegistration: Rule<"RecoveryServicesVault"> = {
  code: "rsv-cmk-after-registration",
  topic: "encryption",
  resource: "RecoveryServicesVault",
  title: "The key comes before the first registered item",
  summary: `${afterReason}. An attempt to register counts too, but Azure does not show it, so it cannot be seen here.`,
  remediation: "Create another vault for new backups, and set its key before anything is registered with it.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.cmk.RecoveryServicesVault,
  needs: [...registrationFacts, "vault"],
  states: encryption.RecoveryServicesVault,
  judge: (change) => {
    const { operation, before, after } = change;
    if (operation !== "change" || !before || !after) return [];
    const truth = becomesEncrypted(before, after);
    if (truth === "no") return [];
    const was = registered(change.facts);
    if (was.is === "empty") return [];
    const where = fromTo(encryption.RecoveryServicesVault, change);
    if (was.is === "open") return [undecided(where, was.open)];
    const reason = `${afterReason}, and this vault has ${was.text}.`;
    return when(truth, { decision: "refuse", ...where, reason }, change);
  },
};

const inconsistentReason =
  "The last update of the vault's encryption did not complete; Azure requires the same update to be retried.";

const inconsistent: Rule<"BackupVault"> = {
  code: "encryption-inconsistent",
  topic: "encryption",
  resource: "BackupVault",
  title: "The last update of the encryption did not complete",
  summary:
    "Azure shows Inconsistent when an update of the encryption did not complete, and requires the same update to be " +
    "retried. The vault counts as encrypted meanwhile.",
  remediation: "Run `pulumi up` again now, with the same key and identity.",
  decision: "warn",
  evidence: "microsoft",
  overridable: false,
  source: sources.vault,
  needs: ["vault"],
  judge: (change) => {
    const { operation, before, after, writes } = change;
    if (!writes || !before || !after || operation === "replace") return [];
    if (stateOf(encryption.BackupVault, before) !== "Inconsistent") return [];
    return [{ decision: "warn", ...fromTo(encryption.BackupVault, change), reason: inconsistentReason }];
  },
};

export const encryptionRules: RulesByKind = {
  BackupVault: [disabled, removed.BackupVault],
  RecoveryServicesVault: [afterRegistration, removed.RecoveryServicesVault],
};

/** Shown after what stands in the way of an update. */
export const inconsistentRules: readonly Rule<"BackupVault">[] = [inconsistent];
