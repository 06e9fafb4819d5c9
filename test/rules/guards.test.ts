import fc from "fast-check";
import {
  guardElsewhere,
  guardInUse,
  guardMandatory,
  guardSelfApproved,
  judgeDependency,
} from "../../provider/rules/index.js";
import { allGuardedOperations, newlyExcluded } from "../../provider/vaults/guardedOperations.js";

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
  expect(table).toHaveLength(19);
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
