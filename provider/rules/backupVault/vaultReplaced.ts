import type { Vault } from "../../vaults/ruleVault.js";
import { openValue, undecided } from "../findings.js";
import type { Change, Finding, Rule } from "../rule.js";
import { reports, sources } from "../sources.js";
import type { Open } from "../undecided.js";
import { shown } from "../wording.js";
import { isEncrypted } from "./encryption.js";
import { held } from "./held.js";
import { type FixedProperty, fixed, isOther } from "./replacement.js";
import { wholeVault } from "./wholeVault.js";

export const vaultReplaced: Rule = {
  code: "vault-replaced",
  resource: "BackupVault",
  title: "A vault that holds data is not replaced",
  summary:
    "An update cannot give a vault another name, resource group, subscription, location or datastore type. Such a " +
    "change deletes the vault and creates another one. It is announced for an empty vault and refused for one that holds data.",
  remediation: "Leave this vault as it is, and add another one to the program for new backups.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: true,
  source: sources.vaultUpdate,
  needs: ["protection", "deleted", "vault"],
  judge: (change) =>
    judgeReplacement(change, held(change.facts), "backup instance").map((each) => asMovable(each, change)),
};

type Holds = { is: "empty" } | { is: "full"; text: string } | { is: "open"; open: Open };

/** What it means that another vault takes this one's place. @param noun what keeps a vault from being replaced */
export function judgeReplacement(change: Change, holds: Holds, noun: string): Finding[] {
  const { before, after, planned } = change;
  if (!before || !after) return [];
  const wanted = change.operation === "replace" ? ["yes"] : ["before", "after"];
  const others = typeof planned === "object" ? otherReplacements(planned.replaces, before, after) : [];
  const ofAzure = fixed.flatMap((property) => {
    const truth = isOther(property, before, after);
    if (!wanted.includes(truth)) return [];
    const where = { property, from: shown(before[property]), to: shown(after[property]) };
    const finding =
      truth === "before" || truth === "after"
        ? undecided(where, openValue(truth, property, change))
        : replaced(where, change, holds, noun);
    return [{ ...finding, ...evidenceOf(property) }];
  });
  // What the provider names besides would change with the vault.
  const ofProvider = ofAzure.length > 0 ? [] : others.map((where) => replaced(where, change, holds, noun));
  return [...ofAzure, ...ofProvider];
}

type Where = { property: string; from: string; to: string };

/** What makes another provider replace a vault that Azure could change. */
function otherReplacements(properties: readonly string[], before: Vault, after: Vault): Where[] {
  if (properties.length === 0) return [{ ...wholeVault }];
  return properties.map((property) => ({ property, from: valueAt(before, property), to: valueAt(after, property) }));
}

function valueAt(vault: Vault, path: string): string {
  const value = path.split(".").reduce<unknown>((object, name) => Object(object)[name], vault);
  return typeof value === "object" && value !== null ? "what it has" : shown(value as string | undefined);
}

function replaced(where: Where, { planned }: Change, holds: Holds, noun: string): Finding {
  const { property } = where;
  if (planned === "update") {
    const reason = `An update cannot change a vault's ${property}, and the plan updates the vault, which Azure refuses.`;
    return { decision: "refuse", ...where, reason };
  }
  if (holds.is === "open") return undecided(where, holds.open);
  const reason = whyReplaced(property);
  if (holds.is === "empty") {
    const remediation = `Go on if the empty vault may go; otherwise keep its ${property}.`;
    return { decision: "warn", ...where, reason: `${reason}; it holds no ${noun}.`, remediation };
  }
  return { decision: "refuse", ...where, reason: `${reason}, and it holds ${holds.text}.` };
}

function whyReplaced(property: string): string {
  if (isFixed(property))
    return `An update cannot change a vault's ${property}, so this vault is deleted and another one created`;
  const aim = property === "" ? "" : ` to change its ${property}`;
  return `The plan replaces this vault${aim}, so it is deleted and another one created`;
}

const isFixed = (property: string): boolean => fixed.some((each) => each === property);

const move =
  "Leave this vault as it is and add another one to the program for new backups, or move it with Azure's own move take it out of the stack with pulumi state delete, and adopt it under its new id.";

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
  isEncrypted(before, "before") === "no";

/** No word of Microsoft's says that the datastore type is fixed; other tools replace the vault for it. */
const evidenceOf = (property: FixedProperty): Pick<Finding, "evidence" | "source"> =>
  property === "datastoreType" ? { evidence: "community", source: reports.azurermVault } : {};
