import { openValue, undecided } from "../findings.js";
import type { Change, Finding, Rule } from "../rule.js";
import { reports, sources } from "../sources.js";
import { shown } from "../wording.js";
import { isEncrypted } from "./encryption.js";
import { held } from "./held.js";
import { type FixedProperty, fixed, isOther } from "./replacement.js";

export const vaultReplaced: Rule = {
  code: "vault-replaced",
  resource: "BackupVault",
  title: "A vault that holds data is not replaced",
  summary:
    "An update cannot give a vault another name, resource group, subscription, location or datastore type. Such a " +
    "change deletes the vault and creates another one. It is announced for an empty vault and refused for one that holds data.",
  instead: "Leave this vault as it is, and add another one to the program for new backups.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.vaultUpdate,
  needs: ["protection", "deleted", "vault"],
  judge(change) {
    const { before, after } = change;
    if (!before || !after) return [];
    const wanted = change.operation === "replace" ? ["yes"] : ["before", "after"];
    return fixed.flatMap((property) => {
      const truth = isOther(property, before, after);
      if (!wanted.includes(truth)) return [];
      const where = { property, from: shown(before[property]), to: shown(after[property]) };
      const finding =
        truth === "before" || truth === "after"
          ? undecided(where, openValue(truth, property, change))
          : replaced(where, change);
      return [{ ...finding, ...evidenceOf(property) }];
    });
  },
};

function replaced(where: { property: FixedProperty; from: string; to: string }, change: Change): Finding {
  const { property } = where;
  const holds = held(change.facts);
  if (holds.is === "open") return undecided(where, holds.open);
  const because = `An update cannot change a vault's ${property}, so this vault is deleted and another one created`;
  if (holds.is === "empty") {
    const instead = `Go on if the empty vault may go; otherwise keep its ${property}.`;
    return { decision: "warn", ...where, because: `${because}; it holds no backup instance.`, instead };
  }
  const refusal: Finding = { decision: "refuse", ...where, because: `${because}, and it holds ${holds.text}.` };
  return isMovable(property, change) ? { ...refusal, instead: move, source: sources.manage } : refusal;
}

const move =
  "Leave this vault as it is and add another one to the program for new backups, or move it with Azure's own move take it out of the stack with pulumi state delete, and adopt it under its new id.";

/** Azure moves a vault to another group or subscription, unless a customer-managed key encrypts it. */
const isMovable = (property: FixedProperty, { before }: Change): boolean =>
  (property === "resourceGroupName" || property === "subscriptionId") &&
  before !== undefined &&
  isEncrypted(before, "before") === "no";

/** No word of Microsoft's says that the datastore type is fixed; other tools replace the vault for it. */
const evidenceOf = (property: FixedProperty): Pick<Finding, "evidence" | "source"> =>
  property === "datastoreType" ? { evidence: "peers", source: reports.azurermVault } : {};
