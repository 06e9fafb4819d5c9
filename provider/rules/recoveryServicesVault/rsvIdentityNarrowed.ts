import { unknown, type Vault } from "../../vaults/ruleVault.js";
import { isEncrypted } from "../backupVault/encryption.js";
import { shownIdentities } from "../backupVault/identities.js";
import type { Rule } from "../rule.js";
import { sources } from "../sources.js";

const reason = "Azure accepts this, and what the vault reaches with the identity it no longer reaches afterwards.";

export const rsvIdentityNarrowed: Rule = {
  code: "rsv-identity-narrowed",
  resource: "RecoveryServicesVault",
  title: "A vault loses its identities of a kind",
  summary:
    "Azure lets the last identity of a kind leave a vault. What the vault reaches with it, it no longer reaches.",
  remediation: "Keep the identity if anything that the vault backs up or encrypts needs it.",
  decision: "warn",
  evidence: "microsoft",
  overridable: false,
  source: sources.recoveryServicesRecordings,
  needs: ["vault"],
  judge({ operation, before, after }) {
    if (operation !== "change" || !before || !after || isEncrypted(before, "before") !== "no") return [];
    const isLess = hadSystem(before) && !mayHaveSystem(after);
    const isFewer = hadUser(before) && !mayHaveUser(after);
    if (!isLess && !isFewer) return [];
    return [
      { decision: "warn", property: "identity", from: shownIdentities(before), to: shownIdentities(after), reason },
    ];
  },
};

const hadSystem = ({ identity }: Vault) => identity?.systemAssigned === true;
const mayHaveSystem = ({ identity }: Vault) => (identity?.systemAssigned ?? false) !== false;
const mayHaveUser = ({ identity }: Vault) =>
  identity?.userAssigned === unknown || (identity?.userAssigned ?? []).length > 0;
const hadUser = ({ identity }: Vault) =>
  identity?.userAssigned !== unknown && (identity?.userAssigned ?? []).length > 0;
