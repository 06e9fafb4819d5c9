import { type Emulator, startEmulator } from "../../emulator/index.js";
import { created, oneRun } from "../support/oneRun.js";

let azure: Emulator;
let identity: { id: string; properties: { principalId: string } };
let keyVault: string;
let names: string[];

const keyOf = (name: string) => `https://kv-payroll.vault.azure.net/keys/${name}`;
const vaultId = (name: string) =>
  `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-payroll/providers/Microsoft.DataProtection/backupVaults/${name}`;

const vaultArgs = (vaultName: string, key: string) => ({
  vaultName,
  resourceGroupName: "rg-payroll",
  location: "westeurope",
  redundancy: "LocallyRedundant",
  identity: { type: "UserAssigned", userAssignedIdentities: [identity.id] },
  encryption: { keyUri: keyOf(key), identity: identity.id },
});

let worlds = 0;
beforeEach(async () => {
  azure = await startEmulator({ trust: true });
  azure.createResourceGroup("rg-payroll");
  identity = azure.createUserAssignedIdentity("rg-payroll", "id-payroll") as typeof identity;
  keyVault = azure.createKeyVault("rg-payroll", "kv-payroll").id;
  for (const name of ["backup", "other"]) azure.createKey(keyVault, name);
  azure.grant(keyVault, identity.properties.principalId);
  // What one vault waits for in this process is known by its id.
  worlds += 1;
  names = [1, 2, 3].map((each) => `bv-facts-${worlds}-${each}`);
});

afterEach(() => azure.close());

/** How often each thing beside the vaults was read since; a list by another filter is another one. */
function reads(since: number): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { method, path } of azure.journal().slice(since)) {
    const [target = "", query] = path.split("?");
    const read = [target, new URLSearchParams(query).get("$filter")].filter(Boolean).join(" ");
    if (method === "GET" && !/backupVaults|metadata|openid|discovery|locations/.test(target))
      counts[read] = (counts[read] ?? 0) + 1;
  }
  return counts;
}

test("several vaults that take a new key in one run read all about it once, together", async () => {
  const before = oneRun(azure);
  await Promise.all(names.map((name) => created(before.backupVault, vaultArgs(name, "backup"))));

  const run = oneRun(azure);
  const since = azure.journal().length;
  const settings = (vault: string, key: string) => ({ vault, keyUri: keyOf(key), identity: identity.id });
  const [first = "", second = "", third = ""] = names;
  const checks = await Promise.all([
    run.encryptionSettings.check(settings(vaultId(first), "backup"), settings(vaultId(first), "other")),
    run.encryptionSettings.check(settings(vaultId(second), "backup"), settings(vaultId(second), "other")),
    run.backupVault.check((await before.backupVault.check({}, { ...vaultArgs(third, "backup"), adopt: true })).inputs, {
      ...vaultArgs(third, "other"),
      adopt: true,
    }),
    run.keyAccess.check({}, { keyUri: keyOf("other"), principalId: identity.properties.principalId }),
  ]);
  expect(checks.flatMap(({ failures }) => failures)).toEqual([]);

  const counts = reads(since);
  expect(Object.keys(counts)).toEqual(
    expect.arrayContaining([`${keyVault}/keys/other`, `${keyVault}/keys/backup`, keyVault, identity.id]),
  );
  expect(Object.entries(counts).filter(([, count]) => count > 1)).toEqual([]);
});

test("just before a write everything is read anew: what the plan saw may no longer be so", async () => {
  const [name = ""] = names;
  const run = oneRun(azure);
  const { id, inputs, outs } = await created(run.backupVault, vaultArgs(name, "backup"));
  const checked = await run.backupVault.check(inputs, vaultArgs(name, "other"));
  expect(checked.failures).toEqual([]);

  azure.setKey(keyOf("other"), { enabled: false });
  await expect(run.backupVault.update(id, outs, checked.inputs)).rejects.toThrow("cmk-key-unusable");
});

test("nobody is refused for what somebody else of the run has read before", async () => {
  const [first = "", second = ""] = names;
  const run = oneRun(azure);
  azure.setKey(keyOf("backup"), { enabled: false });
  const refused = await run.backupVault.check({}, vaultArgs(first, "backup"));
  expect(refused.failures.map(({ reason }) => reason).join()).toContain("cmk-key-unusable");

  azure.setKey(keyOf("backup"), { enabled: true });
  expect((await run.backupVault.check({}, vaultArgs(second, "backup"))).failures).toEqual([]);
});

test("access that one resource of a run gives is seen by the next", async () => {
  const other = azure.createUserAssignedIdentity("rg-payroll", "id-sales") as typeof identity;
  const [first = "", second = ""] = names;
  const run = oneRun(azure);
  const withOther = (name: string) => ({
    ...vaultArgs(name, "backup"),
    identity: { type: "UserAssigned", userAssignedIdentities: [other.id] },
    encryption: { keyUri: keyOf("backup"), identity: other.id },
  });
  await run.backupVault.check({}, withOther(first));
  expect(run.warnings.join("\n")).toContain("cmk-access-missing");

  await created(run.keyAccess, { keyUri: keyOf("backup"), principalId: other.properties.principalId });
  run.warnings.length = 0;
  await run.backupVault.check({}, withOther(second));
  expect(run.warnings.join("\n")).not.toContain("cmk-access-missing");
});

test("a deny assignment wins over the roles that grant the use of the key", async () => {
  const [name = ""] = names;
  azure.deny(keyVault, identity.properties.principalId, ["Microsoft.KeyVault/vaults/keys/wrap/action"]);
  const { failures } = await oneRun(azure).backupVault.check({}, vaultArgs(name, "backup"));
  expect(failures.map(({ reason }) => reason).join()).toMatch(
    /cmk-access-missing.*denies the identity Wrap Key on the key/s,
  );
});
