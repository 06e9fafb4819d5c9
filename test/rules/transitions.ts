import { type Facts, judge, type Transition, type Verdict } from "../../provider/rules/index.js";
import { unknown, type Vault } from "../../provider/vaults/ruleVault.js";

/** One vault in which nothing is wrong; a test spoils one thing of it. */
export const vault: Vault = {
  vaultName: "payroll",
  resourceGroupName: "backups",
  subscriptionId: "00000000-0000-0000-0000-000000000001",
  location: "westeurope",
  datastoreType: "VaultStore",
  redundancy: "LocallyRedundant",
  softDelete: { state: "On", retentionDurationInDays: 14 },
  immutability: "Disabled",
  crossRegionRestore: "Disabled",
  crossSubscriptionRestore: "Enabled",
};

export const userAssigned =
  "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/backups/providers/Microsoft.ManagedIdentity/userAssignedIdentities/payroll-key";

/** The same vault with a customer-managed key. */
export const encrypted: Vault = {
  ...vault,
  identity: { userAssigned: [userAssigned] },
  encryption: { state: "Enabled", keyUri: "https://payroll.vault.azure.net/keys/first", identity: userAssigned },
};

export const protectedBy = { name: "disk-1", state: "ProtectionConfigured" };
export const softDeleted = { name: "disk-2", state: "SoftDeleted" };

/** What may be known about what a vault holds. */
export const holdings = {
  empty: { protection: { value: [] }, deleted: { value: [] } },
  protected: { protection: { value: [protectedBy] }, deleted: { value: [] } },
  "soft-deleted only": { protection: { value: [] }, deleted: { value: [softDeleted] } },
  "not read": {},
  unreadable: { protection: { unreadable: "403 Forbidden" }, deleted: { unreadable: "403 Forbidden" } },
} satisfies Record<string, Facts>;

/** Everything that Azure could tell about a key with which nothing is wrong. */
export const goodKey = {
  key: { value: { type: "RSA", size: 3072, enabled: true } },
  keyVault: { value: { kind: "KeyVault", softDelete: true, purgeProtection: true, networkRestricted: false } },
  access: { value: { get: "yes", wrap: "yes", unwrap: "yes", proven: true } },
  oldKey: { value: { type: "RSA", size: 2048, enabled: true } },
  oldKeyVault: { value: { kind: "KeyVault", softDelete: true, purgeProtection: true, networkRestricted: false } },
  oldAccess: { value: { get: "yes", wrap: "yes", unwrap: "yes", proven: true } },
} satisfies Facts;

export type ProposedChange = Partial<Transition> & Pick<Transition, "after">;

/** By the api-versions that the provider uses for such a vault, unless the test names one. */
export function judged(proposed: ProposedChange): Verdict[] {
  const versions = { apiVersion: "2025-07-01", deletedBy: proposed.apiVersion ?? "2026-06-01" };
  const verdicts = judge({ resource: "BackupVault", ...versions, when: "plan", now: 1_800_000_000, ...proposed });
  // Whatever is written of a vault that is not AlwaysOn, its preview says one thing: softDelete.test.ts.
  return proposed.apiVersion ? verdicts : verdicts.filter(({ code }) => code !== "soft-delete-not-always-on");
}

/** `["refuse immutability-locked"]` */
export const codes = (proposed: ProposedChange): string[] =>
  judged(proposed).map(({ decision, code }) => `${decision} ${code}`);

/** The verdict of one rule. Fails where there is none, or more than one. */
export function verdictOf(code: string, proposed: ProposedChange): Verdict {
  const found = judged(proposed).filter((verdict) => verdict.code === code);
  expect(found.map((verdict) => verdict.code)).toEqual([code]);
  return found[0] as Verdict;
}

/**
 * The whole from x to product of a setting as a table: a row for each state before, a column for each state after, and
 * in the cells what the rules say whose codes match `about`. `-` is no verdict.
 */
export function product(
  about: RegExp,
  states: readonly string[],
  // The cast is the point: a vault holds whatever Azure or a program says.
  set: (value: string) => Vault,
  proposed: Partial<Transition> = {},
): string {
  const values = [...states, "absent", "unknown", "Future"];
  const cell = (before: Vault | undefined, to: string) =>
    judged({ ...proposed, before, after: set(meant(to) as string) })
      .filter(({ code }) => about.test(code))
      .map(({ code, decision }) => (code.endsWith("one-way-change") ? (announced[to] ?? "no way back") : decision))
      .join(", ") || "-";
  const row = (name: string, before?: Vault) => [name, ...values.map((to) => cell(before, to))];
  return `\n${aligned([
    ["from \\ to", ...values],
    row("new vault"),
    ...values.map((from) => row(from, set(meant(from) as string))),
  ])}\n`;
}

/** How a table says that a change is announced as permanent, or as perhaps permanent. */
const announced: Record<string, string> = { unknown: "perhaps none" };

/** What a table's `absent` and `unknown` stand for. */
export function meant(value: string): string | typeof unknown | undefined {
  if (value === "absent") return undefined;
  return value === "unknown" ? unknown : value;
}

/** As the tests write a table: columns under each other. */
export function aligned(rows: string[][]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: string[]) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join(" | ")
      .trimEnd();
  return rows.map(line).join("\n");
}
