import { unknown } from "../vaults/ruleVault.js";
import {
  becomesEncrypted,
  isApplied,
  isEncrypted,
  isUserAssignedKeyIdentity,
  keyIdentityDiffers,
  keyIdentityFromTo,
} from "./encryption.js";
import { undecided, when } from "./findings.js";
import { identitiesDiffer, isAnyRemoved, isAttached, isSystemAssigned, shownIdentities } from "./identities.js";
import { type Change, type Finding, ofBothKinds, type Rule, type RulesByKind } from "./rule.js";
import { reports, sources } from "./sources.js";
import type { AnyVault } from "./transition.js";
import { all, any, not, type Truth, truthOf } from "./truth.js";
import { firstFew, unended } from "./wording.js";

// Which of a vault's identities accesses its key.

const atCreateReason =
  "While a vault is being created, only a user-assigned identity can access its key: the vault's system-assigned identity does not exist yet.";

const systemAtCreate = ofBothKinds({
  code: "cmk-system-identity-at-create",
  topic: "keyIdentity",
  title: "A new vault accesses its key with a user-assigned identity",
  summary: {
    BackupVault: atCreateReason,
    // Microsoft says so of Backup vaults. Azure refused it for these, and was then reported to accept it again:
    // https://github.com/Azure/HubAndSpokeResearchEnclave/issues/145 (checked 2026-11)
    RecoveryServicesVault:
      `${atCreateReason} RecoveryServicesVault adds identity and key after it has created the vault, but nobody can have ` +
      "given an identity access that did not exist before. What other tools send, Azure has been observed to refuse at " +
      "times, so there it is a warning.",
  },
  remediation:
    "Use a user-assigned identity, or create the vault without `encryption` and set its key in a later update with EncryptionSettings.",
  decision: "refuse",
  evidence: { BackupVault: "microsoft", RecoveryServicesVault: "community" },
  overridable: { BackupVault: false, RecoveryServicesVault: true },
  source: { BackupVault: sources.cmk.BackupVault, RecoveryServicesVault: reports.systemIdentityAtCreate },
  needs: [],
  judge: {
    BackupVault: (change) => judgeAtCreate(change, "refuse"),
    // This package reads the identity's access after the creation, and sends no key without. What other tools send, each
    // with one api-version only, Azure has to judge.
    RecoveryServicesVault: (change) =>
      judgeAtCreate(change, change.multiRequestWrites && !change.isOnlyApiVersion ? "refuse" : "warn"),
  },
});

function judgeAtCreate(change: Change, decision: "refuse" | "warn"): Finding[] {
  const { operation, after } = change;
  if (operation !== "create" || (after?.encryption?.identity ?? undefined) === undefined || !after) return [];
  const truth = all(isEncrypted(after, "unknownDesired"), not(isUserAssignedKeyIdentity(after)));
  return when(truth, { decision, ...keyIdentityFromTo(change), reason: atCreateReason }, change);
}

const removedReason =
  "This identity accesses the vault's key. Without it, backup, restore, expiry and even the vault's deletion fail, while costs continue.";

const removed = ofBothKinds({
  code: "kek-identity-removed",
  topic: "keyIdentity",
  title: "The identity that accesses the key stays on the vault",
  summary:
    "Microsoft warns that the identity must not be disabled even for a moment: without it backup, restore, tiering, " +
    "expiry and the vault's deletion fail, while costs continue. Azure may accept the removal, so it is refused here " +
    "for the damage that it does.",
  remediation: "Keep the identity on the vault, or first switch the key to another identity in an update of its own.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.cmk,
  needs: ["vault"],
  judge: (change) => {
    const { operation, before, after } = change;
    const next = after?.encryption?.identity ?? undefined;
    const identity = next ?? before?.encryption?.identity ?? undefined;
    const whose = next === undefined ? "unknownCurrent" : "unknownDesired";
    if (!before || !after || operation === "replace" || identity === undefined) return [];
    const truth = all(
      isEncrypted(before, "unknownCurrent"),
      isAnyRemoved(before, after),
      isAttached(identity, before, "unknownCurrent", whose),
      not(isAttached(identity, after, "unknownDesired", whose)),
    );
    const where = { property: "identity", from: shownIdentities(before), to: shownIdentities(after) };
    return when(truth, { decision: "refuse", ...where, reason: removedReason }, change);
  },
});

const notAttached: Rule<"BackupVault"> = {
  code: "kek-identity-not-attached",
  topic: "keyIdentity",
  resource: "BackupVault",
  title: "The identity that accesses the key is on the vault",
  summary:
    "An identity can access the key only if it is on the vault. That Azure rejects any other identity is inferred.",
  remediation: "Add the identity to the vault first, inline or with IdentityAssignment.",
  decision: "refuse",
  evidence: "community",
  overridable: true,
  source: sources.cmk.BackupVault,
  needs: ["vault"],
  judge: judgeNotAttached,
};

function judgeNotAttached(change: Change): Finding[] {
  const { operation, before, after } = change;
  const identity = after?.encryption?.identity ?? undefined;
  if (!after || operation === "replace" || identity === undefined) return [];
  const isLeaving = before ? isAttached(identity, before, "unknownCurrent", "unknownDesired") : "no";
  const truth = all(
    isEncrypted(after, "unknownDesired"),
    not(isMisshapen(after)),
    not(isAttached(identity, after, "unknownDesired")),
    before ? any(isApplied(change), identitiesDiffer(before, after)) : "yes",
    // While the vault has a key already, an identity that leaves it is kek-identity-removed.
    before ? not(all(isEncrypted(before, "unknownCurrent"), isLeaving)) : "yes",
  );
  const where = keyIdentityFromTo(change);
  const reason = "The identity that should access the key is not on the vault.";
  // One that was never there may still come with another resource of the same run.
  if (truth === "yes" && before && isLeaving === "no" && change.when === "plan") {
    return [undecided(where, { reason: `${unended(reason)} yet.` })];
  }
  return when(truth, { decision: "refuse", ...where, reason }, change);
}

const shapeReason =
  "The key's identity must be either SystemAssigned, without an ID, or the ARM ID of a user-assigned identity.";

const shapeSummary =
  "The key's identity is either SystemAssigned, without an ID, or the ARM ID of one user-assigned identity. Azure's " +
  'specification calls the two "mutually exclusive".';

const shape = ofBothKinds({
  code: "kek-identity-shape",
  topic: "keyIdentity",
  title: {
    BackupVault: "How the key's identity is specified",
    RecoveryServicesVault: "How the key's identity is specified, and that it is on the vault",
  },
  summary: {
    BackupVault: shapeSummary,
    RecoveryServicesVault:
      `${shapeSummary} ${notAttached.summary.replace(/\.$/, "")}; azurerm adds the identity after it has created the vault ` +
      "with the key.",
  },
  remediation: "Set `encryption.identity` to SystemAssigned or to the ARM ID of a user-assigned identity.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: { BackupVault: false, RecoveryServicesVault: true },
  source: { BackupVault: sources.vault, RecoveryServicesVault: sources.recoveryServicesVault },
  needs: { BackupVault: [], RecoveryServicesVault: ["vault"] },
  judge: {
    BackupVault: judgeShape,
    RecoveryServicesVault: (change) => [
      ...judgeShape(change),
      ...judgeNotAttached(change).map((finding) => ({
        remediation: "Add the identity to the vault first.",
        ...finding,
        evidence: "community" as const,
        source: sources.cmk.RecoveryServicesVault,
      })),
    ],
  },
});

function judgeShape(change: Change): Finding[] {
  const { operation, before, after } = change;
  if (!after || operation === "replace") return [];
  const isTouched = before ? any(becomesEncrypted(before, after), keyIdentityDiffers(before, after)) : "yes";
  const truth = all(isEncrypted(after, "unknownDesired"), isMisshapen(after), isTouched);
  return when(truth, { decision: "refuse", ...keyIdentityFromTo(change), reason: shapeReason }, change);
}

const userAssigned =
  /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.ManagedIdentity\/userAssignedIdentities\/[^/]+$/i;

function isMisshapen({ encryption }: AnyVault): Truth {
  const identity = encryption?.identity ?? "";
  const id = encryption?.identityId ?? "";
  if (identity === unknown) return "unknownDesired";
  if (!isSystemAssigned(identity)) return truthOf(!userAssigned.test(identity));
  return id === unknown ? "unknownDesired" : truthOf(id !== "");
}

const unseenEndpoints =
  "A vault whose key is accessed with a user-assigned identity does not support private endpoints for Azure Backup, and Azure does not return whether this vault has any.";

const privateEndpointUnseen: Rule<"BackupVault"> = {
  code: "cmk-user-identity-private-endpoint",
  topic: "keyIdentity",
  resource: "BackupVault",
  title: "A user-assigned identity and private endpoints",
  summary: unseenEndpoints,
  remediation: "If the vault needs private endpoints, use its system-assigned identity.",
  decision: "warn",
  evidence: "microsoft",
  overridable: false,
  source: sources.cmk.BackupVault,
  needs: [],
  judge: (change) => {
    const { operation, before, after } = change;
    if (!after || operation === "replace") return [];
    const isNew = before ? any(becomesEncrypted(before, after), keyIdentityDiffers(before, after)) : "yes";
    const truth = all(isEncrypted(after, "unknownDesired"), isUserAssignedKeyIdentity(after), isNew);
    return when(truth, { decision: "warn", ...keyIdentityFromTo(change), reason: unseenEndpoints }, change);
  },
};

const privateEndpoint: Rule<"RecoveryServicesVault"> = {
  code: "rsv-cmk-user-identity-private-endpoint",
  topic: "keyIdentity",
  resource: "RecoveryServicesVault",
  title: "A user-assigned identity and private endpoints",
  summary: "A vault with private endpoints does not support a key that is accessed with a user-assigned identity.",
  remediation: "Use the vault's system-assigned identity to access the key.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.cmk.RecoveryServicesVault,
  needs: ["vault"],
  judge: (change) => {
    const { before, after } = change;
    const endpoints = before?.privateEndpoints ?? [];
    if (!after || change.operation !== "change") return [];
    const isConnected: Truth = endpoints === unknown ? "unknownCurrent" : truthOf(endpoints.length > 0);
    const truth = all(isConnected, isApplied(change), isUserAssignedKeyIdentity(after));
    const names = endpoints === unknown ? "" : firstFew([...endpoints].sort());
    const reason = `A user-assigned identity cannot access the key of a vault with private endpoints, and this vault has ${names}.`;
    return when(truth, { decision: "refuse", ...keyIdentityFromTo(change), reason }, change);
  },
};

/** Of a vault that does not exist yet. */
export const newKeyIdentityRules: RulesByKind = {
  BackupVault: [systemAtCreate.BackupVault],
  RecoveryServicesVault: [systemAtCreate.RecoveryServicesVault],
};

export const keyIdentityRules: RulesByKind = {
  BackupVault: [removed.BackupVault, notAttached, shape.BackupVault],
  RecoveryServicesVault: [removed.RecoveryServicesVault, shape.RecoveryServicesVault],
};

/** Shown after what the identity may do with the key. */
export const privateEndpointRules: RulesByKind = {
  BackupVault: [privateEndpointUnseen],
  RecoveryServicesVault: [privateEndpoint],
};
