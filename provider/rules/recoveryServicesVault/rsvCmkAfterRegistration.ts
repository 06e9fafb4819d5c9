import { becomesEncrypted } from "../backupVault/encryption.js";
import { fromTo, undecided, when } from "../findings.js";
import type { Rule } from "../rule.js";
import { sources } from "../sources.js";
import type { StateMachine } from "../stateMachine.js";
import { registered, registrationFacts } from "./registered.js";

/** Whose keys encrypt the vault. `unset` are the platform's keys: this kind of vault shows no state. */
export const encryption: StateMachine = {
  property: "encryption",
  path: "encryption.state",
  read: ({ encryption }) => encryption?.state ?? (encryption?.keyUri ? "Enabled" : undefined),
  whenAbsent: "unset",
  moves: {
    unset: [],
    // "it can't be reversed":
    // https://learn.microsoft.com/azure/backup/backup-create-recovery-services-vault (checked 2026-11)
    Enabled: [],
  },
  conditional: {
    // "new Recovery Services vaults only. Any vault that contains existing items registered or attempted to be
    // registered to it aren't supported":
    // https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk (checked 2026-11)
    when: "nothing was ever registered with the vault",
    moves: { unset: ["Enabled"] },
  },
  terminalStates: ["Enabled"],
};

const reason = "A vault takes a customer-managed key only before anything was registered with it";

export const rsvCmkAfterRegistration: Rule = {
  code: "rsv-cmk-after-registration",
  resource: "RecoveryServicesVault",
  title: "The key comes before the first registered item",
  summary: `${reason}. An attempt to register counts too; Azure does not show it, so it stays unseen here.`,
  remediation: "Create another vault with the key for new backups, before anything is registered with it.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.recoveryServicesCmk,
  needs: [...registrationFacts, "vault"],
  states: encryption,
  judge(change) {
    const { operation, before, after } = change;
    if (operation !== "change" || !before || !after) return [];
    const truth = becomesEncrypted(before, after);
    if (truth === "no") return [];
    const was = registered(change.facts);
    if (was.is === "empty") return [];
    const where = fromTo(encryption, change);
    if (was.is === "open") return [undecided(where, was.open)];
    return when(truth, { decision: "refuse", ...where, reason: `${reason}, and this one has ${was.text}.` }, change);
  },
};
