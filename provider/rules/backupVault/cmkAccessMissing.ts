import { unknown } from "../../vaults/ruleVault.js";
import type { Access } from "../facts.js";
import { factValue, undecided, when } from "../findings.js";
import type { Rule } from "../rule.js";
import { sources } from "../sources.js";
import { comesAtUp, openFacts, unreadableText } from "../undecided.js";
import { ended, listed } from "../wording.js";
import { isApplied, keyIdentityEnds } from "./encryption.js";

export const cmkAccessMissing: Rule = {
  code: "cmk-access-missing",
  resource: "BackupVault",
  title: "The identity may use the key",
  summary:
    "The vault's identity needs Get, Wrap Key and Unwrap Key on the key. Access policies prove that they are missing, and so does " +
    "a deny assignment; role assignments do not, because groups, custom roles and inheritance count too. At preview they may " +
    "still be granted in the same run.",
  remediation:
    "Give the identity the role Key Vault Crypto Service Encryption User on the key, or Get, Wrap Key and Unwrap Key in an access policy; KeyAccess does it.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.cmk,
  needs: ["access"],
  judge(change) {
    const { after, facts } = change;
    const isUsed = isApplied(change);
    const { identity, keyUri } = after?.encryption ?? {};
    if (isUsed === "no" || (identity ?? undefined) === undefined || (keyUri ?? undefined) === undefined) return [];
    const fromTo = keyIdentityEnds(change);
    if (identity === unknown || keyUri === unknown) {
      // cmk-key-missing says that the key is not known.
      return identity === unknown ? [undecided(fromTo, comesAtUp)] : [];
    }
    const open = openFacts(facts, ["access"]);
    if (open && facts.access === undefined) return [undecided(fromTo, open)];
    if (open) {
      const reason = `Whether Azure can use the key was not checked: it depends on ${unreadableText(facts, ["access"])}`;
      return [{ decision: "warn", ...fromTo, reason, remediation: "Azure checks it when the vault is written." }];
    }
    const access = factValue(facts.access);
    if (!access) return [];
    const [denied, unsure] = [rights(access, "no"), rights(access, "unknown")];
    if (denied.length > 0 && access.deniedBy !== undefined) {
      const reason = `The deny assignment "${access.deniedBy}" takes ${listed(denied)} on the key from the identity.`;
      return when(isUsed, { decision: "refuse", ...fromTo, reason, ...ofDenials }, change);
    }
    if (denied.length > 0 && access.proven) {
      const reason = `The identity lacks ${listed(denied)} on the key.`;
      if (change.when === "plan") {
        return [
          undecided(fromTo, {
            reason: `As things are, ${reason.replace("The", "the")}`,
            remediation: this.remediation,
          }),
        ];
      }
      return when(isUsed, { decision: "refuse", ...fromTo, reason }, change);
    }
    if (denied.length + unsure.length === 0) {
      if (access.unseen === undefined) return [];
      const reason = `Whether a deny assignment takes rights on the key from the identity could not be read: ${ended(access.unseen)}`;
      return [
        {
          decision: "warn",
          ...fromTo,
          reason,
          ...ofDenials,
          remediation: "Azure checks it when the vault is written.",
        },
      ];
    }
    const reason = `The roles that can be seen do not show that the identity has ${listed([...denied, ...unsure])} on the key.`;
    return [{ decision: "warn", ...fromTo, reason }];
  },
};

const ofDenials = {
  remediation: "Have the deny assignment exclude the identity, or let the vault use another identity.",
  source: sources.denyAssignments,
};

const names = { get: "Get", wrap: "Wrap Key", unwrap: "Unwrap Key" } as const;

function rights(access: Access, answer: "no" | "unknown"): string[] {
  return (["get", "wrap", "unwrap"] as const).filter((right) => access[right] === answer).map((right) => names[right]);
}
