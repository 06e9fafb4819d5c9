import { isApplied, keyEnds } from "../backupVault/encryption.js";
import { factValue, undecided } from "../findings.js";
import type { Rule } from "../rule.js";
import { sources } from "../sources.js";
import { openFacts, unreadableOf, unreadableText } from "../undecided.js";
import { firstFew } from "../wording.js";

export const rsvCmkUnsupportedWorkload: Rule = {
  code: "rsv-cmk-unsupported-workload",
  resource: "RecoveryServicesVault",
  title: "What a customer-managed key does not cover",
  summary: "A vault with a customer-managed key does not support the MARS agent and classic virtual machines.",
  remediation: "Back these up in a vault without a customer-managed key.",
  decision: "warn",
  evidence: "microsoft",
  overridable: false,
  source: sources.recoveryServicesCmk,
  needs: ["protectedItems", "containers"],
  judge(change) {
    const { operation, facts } = change;
    // A new vault has nothing yet.
    if (operation !== "change" || isApplied(change) !== "yes") return [];
    const items = (factValue(facts.protectedItems) ?? []).filter(
      ({ managementType, type }) => isMars(managementType) || /ClassicCompute/i.test(type ?? ""),
    );
    const servers = (factValue(facts.containers) ?? []).filter(({ managementType }) => isMars(managementType));
    const names = [...items, ...servers].map(({ name }) => name).sort();
    if (names.length > 0) {
      const reason = `Azure does not support the key for the MARS agent and classic virtual machines, and the vault has ${firstFew(names)}.`;
      return [{ decision: "warn", ...keyEnds(change), reason }];
    }
    const open = openFacts(facts, this.needs);
    if (!open) return [];
    if (this.needs.some((name) => facts[name] === undefined)) return [undecided(keyEnds(change), open)];
    const reason = `Whether the vault has anything that the key does not cover was not checked: it depends on ${unreadableText(facts, unreadableOf(facts, this.needs))}`;
    return [{ decision: "warn", ...keyEnds(change), reason }];
  },
};

const isMars = (managementType: string | undefined) => managementType?.toUpperCase() === "MAB";
