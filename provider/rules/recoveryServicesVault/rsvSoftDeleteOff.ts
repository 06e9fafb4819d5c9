import { judgeMove } from "../findings.js";
import type { Change, Finding, Rule } from "../rule.js";
import { sources } from "../sources.js";
import { type StateMachine, stateOf } from "../stateMachine.js";

const states = {
  whenAbsent: "AlwaysON",
  moves: {
    // https://learn.microsoft.com/azure/backup/secure-by-default (checked 2026-11)
    Disabled: ["AlwaysON"],
    Enabled: ["AlwaysON"],
    // "Once you opt for this state, soft delete can't be disabled":
    // https://learn.microsoft.com/azure/backup/backup-azure-enhanced-soft-delete-about (checked 2026-11)
    AlwaysON: [],
  },
  terminalStates: ["AlwaysON"],
};

export const softDelete: StateMachine = {
  ...states,
  property: "softDelete.state",
  read: (vault) => vault.softDelete?.state,
};

export const enhancedSecurity: StateMachine = {
  ...states,
  property: "softDelete.enhancedSecurityState",
  read: (vault) => vault.softDelete?.enhancedSecurityState ?? vault.softDelete?.state,
};

const reason = "Azure no longer lets a vault's soft delete or enhanced security be disabled.";

export const rsvSoftDeleteOff: Rule = {
  code: "rsv-soft-delete-off",
  resource: "RecoveryServicesVault",
  title: "Soft delete cannot be turned off any more",
  summary: `${reason} That holds in all regions and with every api-version.`,
  remediation: "Set AlwaysON, with the shortest retention of 14 days if deleted backups should go soon.",
  decision: "refuse",
  evidence: "microsoft",
  overridable: false,
  source: sources.secureByDefault,
  needs: ["vault"],
  states: softDelete,
  judge: (change) => [...turnedOff(softDelete, change), ...turnedOff(enhancedSecurity, change)],
};

function turnedOff(machine: StateMachine, change: Change): Finding[] {
  const { before, after, operation } = change;
  if (!after || operation === "replace") return [];
  const from = before ?? { softDelete: { state: "AlwaysON", enhancedSecurityState: "AlwaysON" } };
  // What else the table forbids is weaker than always on, which is rsv-soft-delete-not-always-on.
  const isOff = stateOf(machine, after) !== "Enabled";
  const found = judgeMove(machine, { ...change, before: from }, reason).filter(
    ({ decision }) => isOff || decision !== "refuse",
  );
  return before ? found : found.map((finding) => ({ ...finding, from: "" }));
}
