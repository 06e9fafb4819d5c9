import { allRules, type States } from "../../provider/rules/index.js";
import { unknown, type Vault } from "../../provider/vaults/ruleVault.js";
import type { VaultKind } from "../../provider/vaults/vaultId.js";
import { recoveryVault } from "./recoveryTransitions.js";
import { judged, vault } from "./transitions.js";

/** Every setting of both kinds that has a state without a way back, out of the rules themselves. */
const machines = [
  ...new Map(
    allRules.flatMap(({ resource, states }) =>
      states && states.terminalStates.length > 0
        ? [[`${resource} ${states.property}`, { name: `${resource} ${states.property}`, resource, states }] as const]
        : [],
    ),
  ).values(),
];

/** Where Azure does not let the setting come to it so: a new vault has it anyway, or an existing one cannot get it. */
const unreachable: Record<string, "creation" | "change"> = {
  "RecoveryServicesVault softDelete.state": "creation",
  "BackupVault encryption.infrastructureEncryption": "change",
};

function withState(kind: VaultKind, { path, property }: States, state: unknown): Vault {
  const [outer = "", inner] = (path ?? property).split(".");
  const base: Record<string, unknown> = { ...(kind === "BackupVault" ? vault : recoveryVault) };
  return { ...base, [outer]: inner ? { ...(base[outer] as object), [inner]: state } : state };
}

/** The other state from which the table leads to one. */
const firstOf = ({ moves, terminalStates, conditional }: States, last: string) =>
  Object.keys(moves).find(
    (from) =>
      !terminalStates.includes(from) && [...(moves[from] ?? []), ...(conditional?.moves[from] ?? [])].includes(last),
  );

const announced = (resource: VaultKind, property: string, before: Vault | undefined, after: Vault) =>
  judged({ resource, before, after })
    .filter((verdict) => verdict.code.endsWith("one-way-change") && verdict.property === property)
    .map(({ decision, reason }) => `${decision}: ${reason}`);

test("the settings with a state without a way back are these", () => {
  expect(machines.map(({ name }) => name)).toEqual([
    "BackupVault crossRegionRestore",
    "BackupVault crossSubscriptionRestore",
    "BackupVault softDelete.state",
    "BackupVault immutability",
    "BackupVault encryption",
    "BackupVault encryption.infrastructureEncryption",
    "RecoveryServicesVault crossSubscriptionRestore",
    "RecoveryServicesVault softDelete.state",
    "RecoveryServicesVault immutability",
    "RecoveryServicesVault encryption",
    "RecoveryServicesVault encryption.infrastructureEncryption",
  ]);
});

test.each(machines)(
  "$name: its permanent state is announced, and so is a value that may be it",
  ({ name, resource, states }) => {
    const last = states.terminalStates[0] ?? "";
    const before = withState(resource, states, firstOf(states, last) ?? "Disabled");
    for (const from of [undefined, before]) {
      const isReached = unreachable[name] !== (from ? "change" : "creation");
      const [certain, possible] = [last, unknown].map((to) =>
        announced(resource, states.property, from, withState(resource, states, to)),
      );
      expect(certain).toEqual(isReached ? [expect.stringContaining("warn: There is no way back")] : []);
      const mayBe = /^warn: The new value is only known during `pulumi up`\. If it .*, there is no way back\.$/;
      expect(possible).toEqual(isReached ? [expect.stringMatching(mayBe)] : []);
    }
  },
);

test.each(machines)(
  "$name: a vault that is in its permanent state already is not warned of it",
  ({ resource, states }) => {
    for (const state of states.terminalStates) {
      const before = withState(resource, states, state);
      expect(announced(resource, states.property, before, withState(resource, states, unknown))).toEqual([]);
      expect(announced(resource, states.property, before, before)).toEqual([]);
    }
  },
);
