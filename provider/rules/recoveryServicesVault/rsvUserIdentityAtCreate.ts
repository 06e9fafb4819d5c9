import { knownIdentities, shownIdentities } from "../backupVault/identities.js";
import type { Rule } from "../rule.js";
import { reports } from "../sources.js";

const reason =
  "Creating a vault with a user-assigned identity was seen to end in an operation that Azure no longer finds.";

export const rsvUserIdentityAtCreate: Rule = {
  code: "rsv-user-identity-at-create",
  resource: "RecoveryServicesVault",
  title: "A user-assigned identity comes after the vault",
  summary: `${reason} RecoveryServicesVault creates the vault first and gives it its identities then.`,
  remediation: "Create the vault without it, and add the identity in an update.",
  decision: "warn",
  evidence: "community",
  overridable: false,
  source: reports.azurermRecoveryServicesVault,
  needs: [],
  judge({ operation, after, multiRequestWrites }) {
    if (operation !== "create" || !after || multiRequestWrites) return [];
    if (knownIdentities(after).every((identity) => identity === "SystemAssigned")) return [];
    return [{ decision: "warn", property: "identity", from: "", to: shownIdentities(after), reason }];
  },
};
