import { openValue, undecided } from "../findings.js";
import type { Finding, Rule } from "../rule.js";
import { reports, sources } from "../sources.js";
import { shown } from "../wording.js";
import { held } from "./held.js";
import { type FixedProperty, fixed, isOther } from "./replacement.js";

export const vaultReplaced: Rule = {
  code: "vault-replaced",
  resource: "BackupVault",
  title: "A vault that holds data is not replaced",
  summary:
    "A vault cannot get another name, resource group, subscription, location or datastore type. Such a change deletes " +
    "the vault and creates another one. It is announced for an empty vault and refused for one that holds data.",
  instead: "Leave this vault as it is, and add another one to the program for new backups.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.specification,
  needs: ["protection", "deleted", "vault"],
  judge(change) {
    const { before, after, facts } = change;
    if (!before || !after) return [];
    const holds = held(facts);
    const wanted = change.operation === "replace" ? ["yes"] : ["before", "after"];
    return fixed
      .map((property) => [property, isOther(property, before, after)] as const)
      .filter(([, truth]) => wanted.includes(truth))
      .map(([property, truth]): Finding => {
        const where = { property, from: shown(before[property]), to: shown(after[property]), ...evidenceOf(property) };
        const because = `Azure cannot change the ${property} of a vault, so it deletes this one and creates another`;
        if (truth === "before" || truth === "after") {
          return { ...where, ...undecided(where, openValue(truth, property, change)) };
        }
        if (holds.is === "open") return { ...where, ...undecided(where, holds.open) };
        if (holds.is === "full") {
          return { decision: "refuse", ...where, because: `${because}, and this one holds ${holds.text}.` };
        }
        const instead = `Go on if the empty vault may go; otherwise keep its ${property}.`;
        return { decision: "warn", ...where, because: `${because}; this one holds no backup instance.`, instead };
      });
  },
};

/** No word of Microsoft's says that the datastore type is fixed; every other tool replaces the vault for it. */
const evidenceOf = (property: FixedProperty): Pick<Finding, "evidence" | "source"> =>
  property === "datastoreType" ? { evidence: "peers", source: reports.azurermVault } : {};
