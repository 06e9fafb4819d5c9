import { unknown } from "../vaults/ruleVault.js";
import { appliedFromTo, isApplied, isUserAssignedKeyIdentity } from "./encryption.js";
import { factValue, when } from "./findings.js";
import { regionOf } from "./identities.js";
import { ofBothKinds, type Rule, type RulesByKind } from "./rule.js";
import { sources } from "./sources.js";
import { all, differs } from "./truth.js";
import { shown } from "./wording.js";

// These rules say nothing while the key vault is not read, cannot be read or does not exist: cmk-key-missing does.

const regionDiffers: Rule<"RecoveryServicesVault"> = {
  code: "rsv-cmk-key-vault-region",
  topic: "keyVault",
  resource: "RecoveryServicesVault",
  title: "The key vault is in the vault's region",
  summary: "Azure encrypts a vault only with a key whose key vault is in the same region.",
  remediation: "Create a key vault and a key in the vault's region, and set `encryption.keyUri` to that key's URI.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.cmk.RecoveryServicesVault,
  needs: ["keyVault"],
  judge: (change) => {
    const keyVault = factValue(change.facts.keyVault);
    const location = change.after?.location ?? undefined;
    if (typeof keyVault !== "object" || location === undefined) return [];
    const where = appliedFromTo(change);
    if (keyVault.location === undefined) {
      const reason = "The key vault must be in the vault's region, and its own region could not be read.";
      return when(isApplied(change), { decision: "warn", ...where, reason }, change);
    }
    const isElsewhere =
      location === unknown ? "unknownDesired" : differs(regionOf(location), regionOf(keyVault.location));
    const reason = `The key vault is in ${keyVault.location} and the vault in ${shown(location)}; Azure requires the same region.`;
    return when(all(isElsewhere, isApplied(change)), { decision: "refuse", ...where, reason }, change);
  },
};

/** What a key vault has to have enabled. */
const hasEnabled = (
  property: "softDelete" | "purgeProtection",
  { reason, ...row }: { code: string; title: string; remediation: string; reason: string },
) =>
  ofBothKinds({
    ...row,
    topic: "keyVault",
    summary: reason,
    decision: "refuse",
    evidence: "microsoft",
    overridable: false,
    source: sources.cmk,
    needs: ["keyVault"],
    judge: (change) => {
      const keyVault = factValue(change.facts.keyVault);
      if (typeof keyVault !== "object" || keyVault[property]) return [];
      return when(isApplied(change), { decision: "refuse", ...appliedFromTo(change), reason }, change);
    },
  });

const softDeleteOff = hasEnabled("softDelete", {
  code: "key-vault-soft-delete-off",
  title: "The key vault has soft delete enabled",
  remediation: "Enable soft delete on the key vault. It cannot be disabled again.",
  reason: "Azure encrypts a vault only with a key whose key vault has soft delete enabled.",
});

const purgeProtectionOff = hasEnabled("purgeProtection", {
  code: "key-vault-purge-protection-off",
  title: "The key vault has purge protection enabled",
  remediation: "Enable purge protection on the key vault or managed HSM. It cannot be disabled again.",
  reason: "Azure encrypts a vault only with a key whose key vault or managed HSM has purge protection enabled.",
});

const restrictedReason =
  "With a user-assigned identity, Azure cannot use a key whose key vault allows access only from certain networks.";

const restricted = ofBothKinds({
  code: "cmk-user-identity-restricted-key-vault",
  topic: "keyVault",
  title: "A user-assigned identity and a network-restricted key vault",
  summary: restrictedReason,
  remediation:
    "Allow access to the key vault from all networks, or use the vault's system-assigned identity, after the vault is created.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.cmk,
  needs: ["keyVault"],
  judge: (change) => {
    const keyVault = factValue(change.facts.keyVault);
    if (!change.after || typeof keyVault !== "object" || !keyVault.networkRestricted) return [];
    const truth = all(isApplied(change), isUserAssignedKeyIdentity(change.after));
    return when(truth, { decision: "refuse", ...appliedFromTo(change), reason: restrictedReason }, change);
  },
});

export const keyVaultRules: RulesByKind = {
  BackupVault: [softDeleteOff.BackupVault, purgeProtectionOff.BackupVault],
  RecoveryServicesVault: [regionDiffers, softDeleteOff.RecoveryServicesVault, purgeProtectionOff.RecoveryServicesVault],
};

/** Shown after what the identity may do with the key. */
export const restrictedKeyVaultRules: RulesByKind = {
  BackupVault: [restricted.BackupVault],
  RecoveryServicesVault: [restricted.RecoveryServicesVault],
};
