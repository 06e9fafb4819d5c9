import { isEncrypted } from "../backupVault/encryption.js";
import { shownIdentities } from "../backupVault/identities.js";
import type { Rule } from "../rule.js";
import { reports } from "../sources.js";
import { unknown, type Vault } from "../vault.js";

const because =
  "Another tool refuses to take the last identity of a kind from a vault, and whether Azure allows it is not known.";

export const rsvIdentityNarrowed: Rule = {
  code: "rsv-identity-narrowed",
  resource: "RecoveryServicesVault",
  title: "A vault loses its identities of a kind",
  summary: because,
  instead: "Keep the identity if anything that the vault backs up or encrypts needs it.",
  decision: "warn",
  evidence: "peers",
  overridable: false,
  source: reports.azurermRecoveryServicesVault,
  needs: ["vault"],
  judge({ operation, before, after }) {
    if (operation !== "change" || !before || !after || isEncrypted(before, "before") !== "no") return [];
    const isLess = hadSystem(before) && !mayHaveSystem(after);
    const isFewer = hadUser(before) && !mayHaveUser(after);
    if (!isLess && !isFewer) return [];
    return [
      { decision: "warn", property: "identity", from: shownIdentities(before), to: shownIdentities(after), because },
    ];
  },
};

const hadSystem = ({ identity }: Vault) => identity?.systemAssigned === true;
const mayHaveSystem = ({ identity }: Vault) => (identity?.systemAssigned ?? false) !== false;
const mayHaveUser = ({ identity }: Vault) =>
  identity?.userAssigned === unknown || (identity?.userAssigned ?? []).length > 0;
const hadUser = ({ identity }: Vault) =>
  identity?.userAssigned !== unknown && (identity?.userAssigned ?? []).length > 0;
