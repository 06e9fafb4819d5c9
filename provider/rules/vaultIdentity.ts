import { unknown } from "../vaults/ruleVault.js";
import { isEncrypted } from "./encryption.js";
import { factValue, undecided } from "./findings.js";
import { isAttached, knownIdentities, sameId, shownIdentities } from "./identities.js";
import type { Rule, RulesByKind } from "./rule.js";
import { reports, sources } from "./sources.js";
import type { VaultOf } from "./transition.js";
import { openFacts, unreadableText } from "./undecided.js";
import { firstFew } from "./wording.js";

const usedByInstance: Rule<"BackupVault"> = {
  code: "instance-identity-removed",
  topic: "identity",
  resource: "BackupVault",
  title: "A backup instance uses the identity that is removed",
  summary:
    "A backup instance accesses its data source with an identity of the vault: the system-assigned one, unless it names " +
    "another. That its backups fail without it is inferred.",
  remediation: "Switch the backup instances to another identity first.",
  decision: "warn",
  evidence: "community",
  overridable: false,
  source: sources.vault,
  needs: ["protection"],
  judge: (change) => {
    const { operation, before, after, facts } = change;
    if (!before || !after || operation === "replace") return [];
    const leaving = knownIdentities(before).filter((id) => isAttached(id, after, "unknownDesired") === "no");
    if (leaving.length === 0) return [];
    const where = { property: "identity", from: shownIdentities(before), to: shownIdentities(after) };
    const open = openFacts(facts, ["protection"]);
    if (open && facts.protection === undefined) return [undecided(where, open)];
    if (open) {
      const reason = `Whether a backup instance uses the identity was not checked, because ${unreadableText(facts, ["protection"])}`;
      return [{ decision: "warn", ...where, reason }];
    }
    const users = (factValue(facts.protection) ?? []).filter(({ identity = "SystemAssigned" }) =>
      leaving.some((id) => sameId(id, identity)),
    );
    if (users.length === 0) return [];
    const names = firstFew(users.map(({ name }) => name).sort());
    const reason = `These backup instances access their data source with it and would lose that access: ${names}.`;
    return [{ decision: "warn", ...where, reason }];
  },
};

const narrowedReason =
  "Azure accepts this, but the vault loses access to everything that it reaches with the identity.";

const narrowed: Rule<"RecoveryServicesVault"> = {
  code: "rsv-identity-narrowed",
  topic: "identity",
  resource: "RecoveryServicesVault",
  title: "A vault loses its last identity of a kind",
  summary:
    "Azure allows the last identity of a kind to be removed from a vault. The vault then loses access to everything that it reaches with that identity.",
  remediation: "Keep the identity if anything that the vault backs up or encrypts needs it.",
  decision: "warn",
  evidence: "microsoft",
  overridable: false,
  source: sources.recoveryServicesRecordings,
  needs: ["vault"],
  judge: ({ operation, before, after }) => {
    if (operation !== "change" || !before || !after || isEncrypted(before, "unknownCurrent") !== "no") return [];
    const isLess = hadSystem(before) && !mayHaveSystem(after);
    const isFewer = hadUser(before) && !mayHaveUser(after);
    if (!isLess && !isFewer) return [];
    const where = { property: "identity", from: shownIdentities(before), to: shownIdentities(after) };
    return [{ decision: "warn", ...where, reason: narrowedReason }];
  },
};

type Vault = VaultOf<"RecoveryServicesVault">;

const hadSystem = ({ identity }: Vault) => identity?.systemAssigned === true;
const mayHaveSystem = ({ identity }: Vault) => (identity?.systemAssigned ?? false) !== false;
const mayHaveUser = ({ identity }: Vault) =>
  identity?.userAssigned === unknown || (identity?.userAssigned ?? []).length > 0;
const hadUser = ({ identity }: Vault) =>
  identity?.userAssigned !== unknown && (identity?.userAssigned ?? []).length > 0;

const atCreateReason =
  "Creating a vault with a user-assigned identity has been observed to end in an operation that Azure can no longer find.";

const userAtCreate: Rule<"RecoveryServicesVault"> = {
  code: "rsv-user-identity-at-create",
  topic: "identity",
  resource: "RecoveryServicesVault",
  title: "A user-assigned identity is added after the vault is created",
  summary: `${atCreateReason} RecoveryServicesVault creates the vault first and then adds its identities.`,
  remediation: "Create the vault without the identity, and add it in an update.",
  decision: "warn",
  evidence: "community",
  overridable: false,
  source: reports.azurermRecoveryServicesVault,
  needs: [],
  judge: ({ operation, after, multiRequestWrites }) => {
    if (operation !== "create" || !after || multiRequestWrites) return [];
    if (knownIdentities(after).every((identity) => identity === "SystemAssigned")) return [];
    const where = { property: "identity", from: "", to: shownIdentities(after) };
    return [{ decision: "warn", ...where, reason: atCreateReason }];
  },
};

export const identityRules: RulesByKind = {
  BackupVault: [usedByInstance],
  RecoveryServicesVault: [narrowed, userAtCreate],
};
