import fc from "fast-check";
import {
  type GuardedBackup,
  type GuardedDeed,
  guardElsewhere,
  guardedOfInstance,
  guardedOfItem,
  guardInUse,
  guardMandatory,
  guardSelfApproved,
  instanceGuarded,
  itemGuarded,
  judgeDependency,
} from "../../provider/rules/index.js";
import { allGuardedOperations, newlyExcluded } from "../../provider/vaults/guardedOperations.js";
import { unknown } from "../../provider/vaults/unknowns.js";

const of = (isMandatory: boolean) =>
  allGuardedOperations.filter((each) => each.isMandatory === isMandatory).map(({ operation }) => operation);

test("these operations can be excluded from a guard, and these cannot", () => {
  const table = allGuardedOperations.map(({ operation }) => {
    const [verdict] = judgeDependency(guardMandatory, "change", [operation.toUpperCase()]);
    return `${verdict?.decision ?? "-"} ${operation}`;
  });
  expect(table.filter((line) => line.startsWith("refuse")).sort()).toEqual([
    "refuse Microsoft.DataProtection/backupVaults/backupResourceGuardProxies/delete",
    "refuse Microsoft.DataProtection/backupVaults/write#reduceSoftDeleteSecurity",
    "refuse Microsoft.RecoveryServices/vaults/backupResourceGuardProxies/delete",
    "refuse Microsoft.RecoveryServices/vaults/backupconfig/write",
  ]);
  expect(table).toHaveLength(21);
});

test("of any list of exclusions, what is mandatory is refused, and nothing else", () => {
  const lists = fc.subarray(allGuardedOperations.map(({ operation }) => operation));
  fc.assert(
    fc.property(lists, (excluded) => {
      const mandatory = excluded.filter((name) => of(true).includes(name));
      const verdicts = judgeDependency(guardMandatory, "change", excluded);
      expect(verdicts.map(({ decision }) => decision)).toEqual(mandatory.length > 0 ? ["refuse"] : []);
      for (const name of mandatory) expect(verdicts[0]?.reason).toContain(name);
    }),
  );
});

test("what is newly excluded is compared without case", () => {
  const [one = "", two = "", three = ""] = of(false);
  expect(newlyExcluded([one.toUpperCase(), two], [one, three])).toEqual([three]);
  expect(newlyExcluded([one], [])).toEqual([]);
});

const payroll = { kind: "BackupVault", name: "payroll" } as const;
const sales = { kind: "RecoveryServicesVault", name: "sales" } as const;

test.each([
  [{ value: [] }, undefined, undefined],
  [{ value: [payroll] }, "refuse", 'It protects the critical operations of Backup vault "payroll".'],
  [{ value: [sales, payroll] }, "refuse", 'Backup vault "payroll", Recovery Services vault "sales".'],
  [{ unreadable: "403" }, "undecided", "Which vaults use it could not be read: 403."],
])("a guard is deleted where no vault is known to use it: %j", (vaults, decision, reason) => {
  const [verdict] = judgeDependency(guardInUse, "delete", vaults as never);
  expect(verdict?.decision).toBe(decision);
  expect(verdict?.evidence).toBe(decision && "community");
  if (reason) expect(verdict?.reason).toContain(reason);
});

test("a vault takes only a guard of its own region, and one of an unknown region may be that", () => {
  const regions = ["westeurope", "northeurope", undefined];
  const refused = regions.flatMap((vault) =>
    regions.flatMap((guard) =>
      judgeDependency(guardElsewhere, "change", { vault: payroll, regions: { vault, guard } }).map(
        ({ decision, reason }) => `${decision} ${reason}`,
      ),
    ),
  );
  expect(refused).toEqual([
    'refuse The guard is in northeurope, and Backup vault "payroll" is in westeurope.',
    'refuse The guard is in westeurope, and Backup vault "payroll" is in northeurope.',
  ]);
});

test("whoever may approve its own operations is warned", () => {
  const decisions = [true, false].map((mayAct) =>
    judgeDependency(guardSelfApproved, "change", { kind: "BackupVault", mayAct }).map(({ decision }) => decision),
  );
  expect(decisions).toEqual([["warn"], []]);
});

const guardId = "/subscriptions/s/resourceGroups/g/providers/Microsoft.DataProtection/resourceGuards/guard";
const deeds = Object.keys(guardedOfInstance) as GuardedDeed[];

/** The whole product: what is done, which guards the vault has, what they exclude, and which requests the program names. */
test.each([
  ["an instance", instanceGuarded, guardedOfInstance],
  ["an item", itemGuarded, guardedOfItem],
] as const)(
  "what a guard protects of %s needs its request by name, or is only announced where it is sent automatically",
  (_, rule, operations) => {
    const said = new Map<string, Set<string>>();
    for (const what of deeds)
      for (const ids of [[], [guardId], [guardId, `${guardId}-2`]])
        for (const excluded of [[], [operations[what].operation.toUpperCase()]])
          for (const isOpen of [false, true]) {
            const own = `${guardId}/${operations[what].requests}/default`;
            const names: Record<string, GuardedBackup["named"]> = {
              sent: undefined,
              none: [],
              another: [`${guardId}/dppTriggerRestoreRequests/default`],
              own: [own],
              open: [unknown],
              allOpen: unknown,
            };
            for (const [name, named] of Object.entries(names)) {
              const guard = { value: { ids, excludedOperations: excluded } };
              const verdicts = judgeDependency<GuardedBackup>(rule, "change", {
                what,
                guard,
                isOpen,
                ...(named && { named }),
              });
              const isGuarded = ids.length > 0 && excluded.length === 0;
              const key = isGuarded ? `${name}${isOpen && name !== "sent" ? ", perhaps" : ""}` : "not guarded";
              const decision = verdicts.map((each) => each.decision).join() || "-";
              said.set(key, (said.get(key) ?? new Set()).add(decision));
              if (decision === "refuse" && ids.length === 1) expect(verdicts[0]?.remediation).toContain(`Add "${own}"`);
            }
          }
    expect(Object.fromEntries([...said].map(([key, decisions]) => [key, [...decisions].join()]))).toEqual({
      "not guarded": "-",
      sent: "warn",
      none: "refuse",
      "none, perhaps": "undecided",
      another: "refuse",
      "another, perhaps": "undecided",
      own: "-",
      "own, perhaps": "-",
      open: "undecided",
      "open, perhaps": "undecided",
      allOpen: "undecided",
      "allOpen, perhaps": "undecided",
    });
    const unread = { what: "policy", guard: { unreadable: "403" }, named: [], isOpen: false } as const;
    expect(judgeDependency<GuardedBackup>(rule, "change", unread)[0]).toMatchObject({ decision: "warn" });
  },
);

test.each([
  ["shorter", { value: true }, "refuse"],
  ["no shorter", { value: false }, undefined],
  ["perhaps shorter", { unreadable: "403" }, "undecided"],
])("another policy of an item that is %s, without the request", (_, isShorter, decision) => {
  const found = {
    what: "policy",
    guard: { value: { ids: [guardId], excludedOperations: [] } },
    isOpen: false,
  } as const;
  const said = (named: string[]) => judgeDependency(itemGuarded, "change", { ...found, named, isShorter })[0]?.decision;
  expect(said([])).toBe(decision);
  expect(said([`${guardId}/updateProtectedItemRequests/default`])).toBeUndefined();
});
