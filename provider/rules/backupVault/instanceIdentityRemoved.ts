import { factValue, undecided } from "../findings.js";
import type { Rule } from "../rule.js";
import { sources } from "../sources.js";
import { openFacts, unreadableOf, unreadableText } from "../undecided.js";
import { firstFew } from "../wording.js";
import { isAttached, knownIdentities, sameId, shownIdentities } from "./identities.js";

export const instanceIdentityRemoved: Rule = {
  code: "instance-identity-removed",
  resource: "BackupVault",
  title: "A backup instance uses the identity that leaves",
  summary:
    "A backup instance reaches its data source by an identity of the vault, the system-assigned one unless it names " +
    "another. That its backups fail without it is inferred.",
  remediation: "Let the backup instances use another identity first.",
  decision: "warn",
  evidence: "community",
  overridable: false,
  source: sources.vault,
  needs: ["protection"],
  judge(change) {
    const { operation, before, after, facts } = change;
    if (!before || !after || operation === "replace") return [];
    const leaving = knownIdentities(before).filter((id) => isAttached(id, after, "after") === "no");
    if (leaving.length === 0) return [];
    const where = { property: "identity", from: shownIdentities(before), to: shownIdentities(after) };
    const open = openFacts(facts, ["protection"]);
    if (open && facts.protection === undefined) return [undecided(where, open)];
    if (open) {
      const reason = `Whether a backup instance uses the identity was not checked: it depends on ${unreadableText(facts, unreadableOf(facts, ["protection"]))}`;
      return [{ decision: "warn", ...where, reason }];
    }
    const users = (factValue(facts.protection) ?? []).filter(({ identity = "SystemAssigned" }) =>
      leaving.some((id) => sameId(id, identity)),
    );
    if (users.length === 0) return [];
    const reason = `Backup instances reach their data source by it, and will not any more: ${firstFew(users.map(({ name }) => name).sort())}.`;
    return [{ decision: "warn", ...where, reason }];
  },
};
