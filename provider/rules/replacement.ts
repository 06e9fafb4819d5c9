import type { Vault } from "../vaults/ruleVault.js";
import type { VaultKind } from "../vaults/vaultId.js";
import { type Contents, instances, items } from "./contents.js";
import { isEncrypted } from "./encryption.js";
import { type FromTo, openValue, undecided, wholeVault } from "./findings.js";
import { regionOf, sameId } from "./identities.js";
import type { Change, Finding, Rule, RulesByKind } from "./rule.js";
import { reports, sources } from "./sources.js";
import { differs, type Truth } from "./truth.js";
import { shown } from "./wording.js";

/** What Azure has no way to change on a vault of either kind. */
const fixedOnBoth = ["vaultName", "resourceGroupName", "subscriptionId", "location"] as const;

const fixed = {
  BackupVault: [...fixedOnBoth, "datastoreType"],
  RecoveryServicesVault: fixedOnBoth,
} as const satisfies Record<VaultKind, readonly (keyof Vault)[]>;

type FixedProperty = (typeof fixed)[VaultKind][number];

/** Whether a property asks for another vault. One that is not stated asks for nothing. */
export function isOther(property: FixedProperty, before: Vault, after: Vault): Truth {
  const absent = property === "datastoreType" ? "VaultStore" : undefined;
  const [from, to] = [before[property] ?? absent, after[property] ?? absent];
  if (from === undefined || to === undefined) return "no";
  return differs(from, to, (a, b) => a === b || sameId(regionOf(String(a)), regionOf(String(b))));
}

export const isReplacement = (kind: VaultKind, before: Vault, after: Vault): boolean =>
  fixed[kind].some((property) => isOther(property, before, after) === "yes");

const remediation = "Keep this vault unchanged, and add another vault to the program for new backups.";

const vaultReplaced: Rule<"BackupVault"> = {
  code: "vault-replaced",
  topic: "replacement",
  resource: "BackupVault",
  title: "A vault that holds data is not replaced",
  summary:
    "An update cannot change a vault's name, resource group, subscription, location or datastore type. Such a change " +
    "deletes the vault and creates another one. It is a warning for an empty vault and refused for a vault that holds data.",
  remediation,
  decision: "refuse",
  evidence: "microsoft",
  overridable: true,
  source: sources.vaultUpdate,
  needs: ["protection", "deleted", "vault"],
  judge: (change) =>
    judgeReplacement("BackupVault", change, () => instances(change.facts), "backup instances").map((each) =>
      asMovable(each, change),
    ),
};

const recoveryServicesVaultReplaced: Rule<"RecoveryServicesVault"> = {
  code: "rsv-vault-replaced",
  topic: "replacement",
  resource: "RecoveryServicesVault",
  title: "A vault that backs up anything is not replaced",
  summary:
    "An update cannot change a vault's name, resource group, subscription or location. Such a change deletes the vault " +
    "and creates another one. It is a warning for a vault that backs up nothing and refused for one that backs up " +
    "anything: soft-deleted items would be deleted with the vault.",
  remediation,
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.recoveryServicesUpdate,
  needs: ["protectedItems", "vault"],
  judge: (change) =>
    judgeReplacement(
      "RecoveryServicesVault",
      change,
      () => items(change.facts, { withSoftDeleted: true }),
      "protected items",
    ),
};

/** What it means that another vault takes this one's place. @param nouns what keeps a vault from being replaced */
function judgeReplacement(kind: VaultKind, change: Change, holds: () => Contents, nouns: string): Finding[] {
  const { planned } = change;
  const { before, after }: { before?: Vault; after?: Vault } = change;
  if (!before || !after) return [];
  const wanted = change.operation === "replace" ? ["yes"] : ["unknownCurrent", "unknownDesired"];
  const others = typeof planned === "object" ? otherReplacements(planned.replaces, before, after) : [];
  const ofAzure = fixed[kind].flatMap((property) => {
    const truth = isOther(property, before, after);
    if (!wanted.includes(truth)) return [];
    const where = { property, from: shown(before[property]), to: shown(after[property]) };
    const finding =
      truth === "unknownCurrent" || truth === "unknownDesired"
        ? undecided(where, openValue(truth, property, change))
        : replaced(where, change, holds, nouns);
    return [{ ...finding, ...evidenceOf(property) }];
  });
  // What the provider names besides would change with the vault.
  const ofProvider = ofAzure.length > 0 ? [] : others.map((where) => replaced(where, change, holds, nouns));
  return [...ofAzure, ...ofProvider];
}

/** What makes another provider replace a vault that Azure could change. */
function otherReplacements(properties: readonly string[], before: Vault, after: Vault): FromTo[] {
  if (properties.length === 0) return [{ ...wholeVault }];
  return properties.map((property) => ({ property, from: valueAt(before, property), to: valueAt(after, property) }));
}

function valueAt(vault: Vault, path: string): string {
  const value = path.split(".").reduce<unknown>((object, name) => Object(object)[name], vault);
  return typeof value === "object" && value !== null ? "several values" : shown(value as string | undefined);
}

function replaced(where: FromTo, { planned }: Change, contents: () => Contents, nouns: string): Finding {
  const { property } = where;
  if (planned === "update") {
    const reason = `An update cannot change a vault's \`${property}\`, and the plan updates the vault, which Azure refuses.`;
    return { decision: "refuse", ...where, reason };
  }
  const holds = contents();
  if (holds.is === "open") return undecided(where, holds.open);
  const reason = whyReplaced(property);
  if (holds.is === "empty") {
    const kept = property === "" ? "keep it" : `keep its \`${property}\``;
    const remediation = `Continue only if the empty vault may be deleted; otherwise ${kept}.`;
    return { decision: "warn", ...where, reason: `${reason}. It holds no ${nouns}.`, remediation };
  }
  return { decision: "refuse", ...where, reason: `${reason}, and it holds ${holds.text}.` };
}

function whyReplaced(property: string): string {
  const deleted = "would be deleted and another one created";
  if (isFixed(property)) return `An update cannot change a vault's \`${property}\`, so this vault ${deleted}`;
  const aim = property === "" ? "" : ` to change its \`${property}\``;
  return `The plan replaces this vault${aim}, so it ${deleted}`;
}

const isFixed = (property: string): boolean => fixed.BackupVault.some((each) => each === property);

const move =
  "Keep this vault unchanged, and add another vault to the program for new backups. To move it, use Azure resource move, run `pulumi state delete`, then set `adopt: true` under the new ID.";

function asMovable(finding: Finding, change: Change): Finding {
  const isRefused = finding.decision === "refuse" && change.planned !== "update";
  return isRefused && isMovable(finding.property, change)
    ? { ...finding, remediation: move, source: sources.manage }
    : finding;
}

/** Azure moves a vault to another group or subscription, unless a customer-managed key encrypts it. */
const isMovable = (property: string, { before }: Change): boolean =>
  (property === "resourceGroupName" || property === "subscriptionId") &&
  before !== undefined &&
  isEncrypted(before, "unknownCurrent") === "no";

/** No word of Microsoft's says that the datastore type is fixed; other tools replace the vault for it. */
const evidenceOf = (property: FixedProperty): Pick<Finding, "evidence" | "source"> =>
  property === "datastoreType" ? { evidence: "community", source: reports.azurermVault } : {};

export const replacementRules: RulesByKind = {
  BackupVault: [vaultReplaced],
  RecoveryServicesVault: [recoveryServicesVaultReplaced],
};
