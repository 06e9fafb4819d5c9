import { judge, describe as wording } from "../../provider/rules/index.js";

test("a locked vault cannot be unlocked", () => {
  const verdicts = judge({
    resource: "BackupVault",
    before: { immutability: "Locked" },
    after: { immutability: "Unlocked" },
    apiVersion: "2026-06-01",
    when: "plan",
    now: 0,
  });
  expect(verdicts.map((verdict) => wording(verdict, "payroll"))).toEqual([
    'immutability-locked: Backup vault "payroll" cannot change immutability from Locked to Unlocked. A locked vault stays locked for good. Keep Locked, or create another vault for new backups. https://learn.microsoft.com/azure/backup/backup-azure-immutable-vault-concept',
  ]);
});
