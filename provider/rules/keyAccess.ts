import { unknown } from "../vaults/ruleVault.js";
import { isApplied, keyIdentityFromTo } from "./encryption.js";
import type { Access } from "./facts.js";
import { factValue, openValue, undecided, when } from "./findings.js";
import { ofBothKinds, type RulesByKind } from "./rule.js";
import { sources } from "./sources.js";
import { openFacts, unreadableText } from "./undecided.js";
import { ended, listed } from "./wording.js";

const azureChecks = "Azure checks it when the vault is written.";

const ofDenials = {
  remediation: "Exclude the identity from the deny assignment, or use another identity for the key.",
  source: sources.denyAssignments,
};

const accessMissing = ofBothKinds({
  code: "cmk-access-missing",
  topic: "keyAccess",
  title: "The identity may use the key",
  summary:
    "The vault's identity needs Get, Wrap Key and Unwrap Key on the key. Access policies and deny assignments can prove " +
    "that they are missing; role assignments cannot, because groups, custom roles and inherited assignments count too. At " +
    "preview they may still be granted in the same run.",
  remediation:
    "Use KeyAccess, or give the identity the role Key Vault Crypto Service Encryption User on the key, or Get, Wrap Key and Unwrap Key in an access policy.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.cmk,
  needs: ["access"],
  judge: (change) => {
    const { after, facts } = change;
    const isUsed = isApplied(change);
    const { identity, keyUri } = after?.encryption ?? {};
    if (isUsed === "no" || (identity ?? undefined) === undefined || (keyUri ?? undefined) === undefined) return [];
    const where = keyIdentityFromTo(change);
    if (identity === unknown || keyUri === unknown) {
      // cmk-key-missing says that the key is not known.
      return identity === unknown ? [undecided(where, openValue("unknownDesired", where.property, change))] : [];
    }
    const open = openFacts(facts, ["access"]);
    if (open && facts.access === undefined) return [undecided(where, open)];
    if (open) {
      const reason = `Whether Azure can use the key was not checked, because ${unreadableText(facts, ["access"])}`;
      return [{ decision: "warn", ...where, reason, remediation: azureChecks }];
    }
    const access = factValue(facts.access);
    if (!access) return [];
    const [denied, unsure] = [rights(access, "no"), rights(access, "unknown")];
    if (denied.length > 0 && access.deniedBy !== undefined) {
      const reason = `The deny assignment "${access.deniedBy}" denies the identity ${listed(denied)} on the key.`;
      return when(isUsed, { decision: "refuse", ...where, reason, ...ofDenials }, change);
    }
    if (denied.length > 0 && access.proven) {
      const lacks = `identity lacks ${listed(denied)} on the key.`;
      if (change.when === "plan") return [undecided(where, { reason: `At present, the ${lacks}` })];
      return when(isUsed, { decision: "refuse", ...where, reason: `The ${lacks}` }, change);
    }
    if (denied.length + unsure.length === 0) {
      if (access.unseen === undefined) return [];
      const reason = `Whether a deny assignment denies the identity access to the key could not be read: ${ended(access.unseen)}`;
      return [{ decision: "warn", ...where, reason, ...ofDenials, remediation: azureChecks }];
    }
    const reason = `The role assignments that the caller can read do not show that the identity has ${listed([...denied, ...unsure])} on the key.`;
    return [{ decision: "warn", ...where, reason }];
  },
});

const names = { get: "Get", wrap: "Wrap Key", unwrap: "Unwrap Key" } as const;

function rights(access: Access, answer: "no" | "unknown"): string[] {
  return (["get", "wrap", "unwrap"] as const).filter((right) => access[right] === answer).map((right) => names[right]);
}

export const keyAccessRules: RulesByKind = {
  BackupVault: [accessMissing.BackupVault],
  RecoveryServicesVault: [accessMissing.RecoveryServicesVault],
};
