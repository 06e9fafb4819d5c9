import { describe as wording } from "../../provider/rules/index.js";
import { unknown, type Vault } from "../../provider/vaults/ruleVault.js";
import { codes, encrypted, holdings, judged, vault, verdictOf } from "./transitions.js";

const changes: [string, Partial<Vault>][] = [
  ["vaultName", { vaultName: "salaries" }],
  ["resourceGroupName", { resourceGroupName: "elsewhere" }],
  ["subscriptionId", { subscriptionId: "00000000-0000-0000-0000-000000000002" }],
  ["location", { location: "northeurope" }],
  ["datastoreType", { datastoreType: "OperationalStore" }],
];

const policies = { value: [] };

test.each(changes)("another %s replaces the vault: refused with data, announced without", (property, change) => {
  const replaced = (facts: object) =>
    verdictOf("vault-replaced", { before: vault, after: { ...vault, ...change }, facts: { ...facts, policies } });
  expect(replaced(holdings.protected)).toMatchObject({ decision: "refuse", operation: "replace", property });
  expect(replaced(holdings["soft-deleted only"])).toMatchObject({ decision: "refuse" });
  expect(replaced(holdings.empty)).toMatchObject({ decision: "warn" });
  expect(replaced(holdings["not read"])).toMatchObject({ decision: "undecided", needs: ["protection", "deleted"] });
  expect(replaced(holdings.unreadable)).toMatchObject({ decision: "undecided", needs: ["protection", "deleted"] });
});

test.each<Partial<Vault>>([
  { vaultName: "PAYROLL" },
  { resourceGroupName: "Backups" },
  { location: "West Europe" },
  { datastoreType: "vaultstore" },
  { location: undefined },
])("%j is the same vault", (change) => {
  expect(codes({ before: vault, after: { ...vault, ...change } })).toEqual([]);
});

test("a place that is not known yet may be another one", () => {
  const before = { ...vault, immutability: "Locked" };
  const after = { ...vault, location: unknown } as const;
  expect(codes({ before, after })).toEqual(["undecided vault-replaced", "refuse immutability-locked"]);
});

test("a replaced vault is judged as a deleted one and a new one, not as a changed one", () => {
  const before = { ...vault, immutability: "Locked" };
  const after = { ...vault, location: "northeurope", softDelete: { state: "On", retentionDurationInDays: 7 } };
  const facts = { ...holdings.protected, policies };
  expect(judged({ before, after, facts }).map(({ operation, code }) => `${operation} ${code}`)).toEqual([
    "replace vault-replaced",
    "create retention-out-of-range",
    "delete delete-with-instances",
    "delete delete-locked-with-data",
  ]);
});

test("Azure can move a vault to another group, unless a customer-managed key encrypts it", () => {
  const moved = (from: Vault) =>
    judged({ before: from, after: { ...from, resourceGroupName: "elsewhere" }, facts: holdings.protected });
  expect(wording(moved(vault)[0] as never, "payroll")).toBe(
    'vault-replaced: Backup vault "payroll" cannot be replaced to change resourceGroupName from backups to elsewhere. ' +
      "An update cannot change a vault's `resourceGroupName`, so this vault would be deleted and another one created, " +
      "and it holds 1 backup instance: disk-1 (ProtectionConfigured). Keep this vault unchanged, and add another vault to " +
      "the program for new backups. To move it, use Azure resource move, run `pulumi state delete`, then set " +
      "`adopt: true` under the new ID. https://learn.microsoft.com/azure/backup/create-manage-backup-vault",
  );
  expect(moved(encrypted).map(({ code }) => code)).toContain("move-while-cmk");
  expect(moved(vault).map(({ code }) => code)).not.toContain("move-while-cmk");
});

test("an empty vault with a customer-managed key may be replaced", () => {
  const after = { ...encrypted, resourceGroupName: "elsewhere" };
  const verdicts = codes({ before: encrypted, after, facts: holdings.empty });
  expect(verdicts.filter((verdict) => verdict.startsWith("refuse"))).toEqual([]);
});

test("another provider's replacement of a vault that Azure could change is refused with data, and announced without", () => {
  const proposed = {
    before: vault,
    after: { ...vault, redundancy: "GeoRedundant" },
    planned: { replaces: ["redundancy"] },
  } as const;
  const replaced = (facts: object) => verdictOf("vault-replaced", { ...proposed, facts: { ...facts, policies } });
  expect(replaced(holdings.protected)).toMatchObject({
    decision: "refuse",
    property: "redundancy",
    from: "LocallyRedundant",
    to: "GeoRedundant",
  });
  expect(replaced(holdings.empty)).toMatchObject({ decision: "warn" });
  expect(replaced(holdings["not read"])).toMatchObject({ decision: "undecided" });
  // Deleted and made anew, it is not changed.
  expect(codes({ ...proposed, facts: holdings.protected })).not.toContainEqual(expect.stringContaining("redundancy-"));
});

test("a vault that is replaced though nothing of it changes is judged as deleted", () => {
  const proposed = { before: vault, after: vault, planned: { replaces: [] }, facts: holdings.protected };
  expect(verdictOf("vault-replaced", proposed)).toMatchObject({ decision: "refuse", property: "" });
  expect(wording(verdictOf("vault-replaced", proposed), "payroll")).toContain(
    'Backup vault "payroll" cannot be replaced.',
  );
});

test("an update of what only another vault can have is refused, whatever the vault holds", () => {
  const proposed = {
    before: vault,
    after: { ...vault, location: "northeurope" },
    planned: "update",
    facts: holdings.empty,
  } as const;
  expect(codes(proposed)).toEqual(["refuse vault-replaced"]);
  expect(verdictOf("vault-replaced", proposed).reason).toContain("which Azure refuses");
});
