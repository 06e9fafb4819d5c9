import { type Emulator, startEmulator } from "../../emulator/index.js";
import { created, oneRun } from "../support/oneRun.js";

let azure: Emulator;
let identity: { id: string; properties: { principalId: string } };
let keyVault: string;
let principalId: string;
let vault: string;
let worlds = 0;

const keyUri = "https://kv-payroll.vault.azure.net/keys/backup";

beforeEach(async () => {
  azure = await startEmulator({ trust: true });
  azure.createResourceGroup("rg-payroll");
  identity = azure.createUserAssignedIdentity("rg-payroll", "id-payroll") as typeof identity;
  principalId = identity.properties.principalId;
  keyVault = azure.createKeyVault("rg-payroll", "kv-payroll").id;
  for (const name of ["backup", "other"]) azure.createKey(keyVault, name);
  azure.createKey(azure.createManagedHsm("rg-payroll", "hsm-payroll").id, "backup");
  worlds += 1;
  vault = `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-payroll/providers/Microsoft.DataProtection/backupVaults/bv-renamed-${worlds}`;
  const storageSettings = [{ datastoreType: "VaultStore", type: "LocallyRedundant" }];
  azure.arm("PUT", vault, { location: "westeurope", properties: { storageSettings } });
  azure.vault(vault);
});

afterEach(() => azure.close());

type Run = ReturnType<typeof oneRun>;
type Made = Awaited<ReturnType<typeof created>>;

/** What a program may have twice, what Azure shows of it, and what is wanted of it in either case. */
const kinds: Record<string, Kind> = {
  "an identity on a vault": {
    handlers: "identityAssignment",
    args: () => ({ vault, identity: identity.id }),
    spelledAnew: () => ({ vault: vault.replace("bv-", "BV-"), identity: identity.id.replace("id-", "ID-") }),
    isThere: async () => Object.keys(azure.vault(vault)?.identity?.userAssignedIdentities ?? {}).length === 1,
    takeAway: () => azure.setVault(vault, { identity: undefined }),
    twice: /gets the identity .* from two IdentityAssignment resources in this program/,
  },
  "a role": {
    handlers: "keyAccess",
    args: () => ({ keyUri, principalId }),
    spelledAnew: () => ({
      keyUri: `${keyUri.replace("kv-", "KV-").replace(".net/", ".net:443/")}/${"a".repeat(32)}`,
      principalId: principalId.toUpperCase(),
    }),
    isThere: async () => roles().length === 1,
    takeAway: () => void roles().map(({ id }) => azure.arm("DELETE", id)),
    twice: /is granted to the same identity by two resources/,
  },
  "an access policy": {
    handlers: "keyAccess",
    arrange: () => void azure.arm("PATCH", keyVault, { properties: { enableRbacAuthorization: false } }),
    args: () => ({ keyUri, principalId }),
    spelledAnew: () => ({ keyUri: `${keyUri}/${"a".repeat(32)}`, principalId: principalId.toUpperCase() }),
    isThere: async () => keysOf(principalId).length === 4,
    takeAway: () => void azure.arm("PATCH", keyVault, { properties: { accessPolicies: [] } }),
    twice: /is granted to the same identity by two resources/,
  },
  "a role in a Managed HSM": {
    handlers: "keyAccess",
    args: () => ({ keyUri: inHsm, principalId }),
    spelledAnew: () => ({ keyUri: inHsm.replace("hsm-", "HSM-"), principalId: principalId.toUpperCase() }),
    isThere: async (run, { id, outs }) => "id" in (await run.keyAccess.read(id, outs)),
    twice: /is granted to the same identity by two resources/,
  },
};

interface Kind {
  handlers: "identityAssignment" | "keyAccess";
  arrange?(): void;
  args(): object;
  spelledAnew(): object;
  isThere(run: Run, made: Made): Promise<boolean>;
  /** As somebody does it outside Pulumi. */
  takeAway?(): void;
  twice: RegExp;
}

const inHsm = "https://hsm-payroll.managedhsm.azure.net/keys/backup";

const roles = () =>
  (
    azure.arm("GET", `${keyVault}/providers/Microsoft.Authorization/roleAssignments`).body as {
      value: { id: string }[];
    }
  ).value;

interface Policy {
  objectId: string;
  applicationId?: string;
  permissions: { keys?: string[] };
}

const policies = () =>
  (azure.arm("GET", keyVault).body as { properties: { accessPolicies: Policy[] } }).properties.accessPolicies;

const keysOf = (whose: string) =>
  policies().find(({ objectId, applicationId }) => objectId === whose && !applicationId)?.permissions.keys ?? [];

/** Of an existing resource of the program: the engine checks it and compares, and finds nothing to do. */
async function unchanged(run: Run, { handlers }: Kind, { id, inputs, outs }: Made): Promise<void> {
  const checked = await run[handlers].check(inputs, inputs);
  expect(checked.failures).toEqual([]);
  expect(await run[handlers].diff(id, outs, checked.inputs)).toMatchObject({ changes: false });
}

describe.each(Object.entries(kinds))("%s", (_, kind) => {
  let first: Made;

  beforeEach(async () => {
    kind.arrange?.();
    first = await created(oneRun(azure)[kind.handlers], kind.args());
  });

  test("stays when its resource is renamed in the program, is the new one's, and the preview says what to do", async () => {
    const preview = oneRun(azure);
    expect((await preview[kind.handlers].check({}, kind.args() as never)).failures).toEqual([]);
    expect(preview.warnings.join()).toContain("aliases");

    const run = oneRun(azure);
    const second = await created(run[kind.handlers], kind.args());
    expect(second.outs.grantedBy).toBe(first.outs.grantedBy);
    await run[kind.handlers].delete(first.id, first.outs);
    expect(await kind.isThere(run, second)).toBe(true);

    await oneRun(azure)[kind.handlers].delete(second.id, second.outs);
    expect(await kind.isThere(run, second)).toBe(false);
  });

  test("stays also where somebody had taken it away before its resource was renamed", async () => {
    if (!kind.takeAway) return;
    kind.takeAway();
    const run = oneRun(azure);
    const second = await created(run[kind.handlers], kind.args());
    await run[kind.handlers].delete(first.id, first.outs);
    expect(await kind.isThere(run, second)).toBe(true);
  });

  test("stays with the resource that stays, and goes with the last one", async () => {
    const second = await created(oneRun(azure)[kind.handlers], kind.args());
    const run = oneRun(azure);
    await unchanged(run, kind, second);
    await run[kind.handlers].delete(first.id, first.outs);
    expect(await kind.isThere(run, second)).toBe(true);
    await oneRun(azure)[kind.handlers].delete(second.id, second.outs);
    expect(await kind.isThere(run, second)).toBe(false);
  });

  test("is refused at preview where two resources want it, however they spell it", async () => {
    for (const args of [kind.args(), kind.spelledAnew()]) {
      const both = oneRun(azure)[kind.handlers];
      expect((await both.check({}, kind.args() as never)).failures).toEqual([]);
      expect((await both.check({}, args as never)).failures[0]?.reason).toMatch(kind.twice);

      const beside = oneRun(azure);
      await unchanged(beside, kind, first);
      expect((await beside[kind.handlers].check({}, args as never)).failures[0]?.reason).toMatch(kind.twice);

      const before = oneRun(azure)[kind.handlers];
      await before.check({}, args as never);
      expect((await before.check(first.inputs, first.inputs)).failures[0]?.reason).toMatch(kind.twice);
    }
  });

  test("is no second one where the engine checks the resource once more, to replace it", async () => {
    const run = oneRun(azure)[kind.handlers];
    expect((await run.check(first.inputs, first.inputs)).failures).toEqual([]);
    const second = await created(run, kind.args());
    await run.delete(first.id, first.outs);
    expect(await kind.isThere(oneRun(azure), second)).toBe(true);
  });
});

test("access by policy is kept by each KeyAccess of the program that needs the key vault for another key", async () => {
  azure.arm("PATCH", keyVault, { properties: { enableRbacAuthorization: false } });
  const other = keyUri.replace("backup", "other");
  const run = oneRun(azure);
  const first = await created(run.keyAccess, { keyUri, principalId });
  const second = await created(run.keyAccess, { keyUri: other, principalId });
  expect(second.outs).toMatchObject({ grantedBy: "AccessPolicy" });

  const next = oneRun(azure);
  await unchanged(next, kinds["an access policy"] as Kind, second);
  await next.keyAccess.delete(first.id, first.outs);
  expect(keysOf(principalId)).toHaveLength(4);

  // Another key replaces this one: first the new access is given, then the old one goes.
  const last = oneRun(azure);
  const moved = await last.keyAccess.check(second.inputs, { ...second.inputs, keyUri });
  expect((await last.keyAccess.diff(second.id, second.outs, moved.inputs)).replaces).toEqual(["keyUri"]);
  const third = await created(last.keyAccess, { keyUri, principalId });
  await last.keyAccess.delete(second.id, second.outs);
  expect(keysOf(principalId)).toHaveLength(4);

  await oneRun(azure).keyAccess.delete(third.id, third.outs);
  expect(policies()).toEqual([]);
});

test.each([
  ["at the key", "Key", "KeyVault"],
  ["at the key vault", "KeyVault", "Key"],
])("a role %s that makes room for one at the other scope leaves that one behind", async (_, before, after) => {
  for (const uri of [keyUri, inHsm]) {
    const first = await created(oneRun(azure).keyAccess, { keyUri: uri, principalId, scope: before });
    const run = oneRun(azure);
    const moved = await run.keyAccess.check(first.inputs, { ...first.inputs, scope: after });
    expect((await run.keyAccess.diff(first.id, first.outs, moved.inputs)).replaces).toEqual(["scope"]);
    const second = await created(run.keyAccess, { keyUri: uri, principalId, scope: after });
    expect(second.outs.grantedBy).toBe(first.outs.grantedBy);
    await run.keyAccess.delete(first.id, first.outs);
    expect(await run.keyAccess.read(second.id, second.outs)).toMatchObject({ id: second.id });
    await oneRun(azure).keyAccess.delete(second.id, second.outs);
  }
});

test("encryption settings that are renamed in the program go over to the new name without a write", async () => {
  azure.grant(keyVault, principalId);
  azure.setVault(vault, {
    identity: { type: "UserAssigned", userAssignedIdentities: { [identity.id]: identity.properties } },
  });
  const args = { vault, keyUri, identity: identity.id };
  const first = await created(oneRun(azure).encryptionSettings, args);
  const writes = azure.writes().length;
  const run = oneRun(azure);
  await created(run.encryptionSettings, args);
  await run.encryptionSettings.delete(first.id, first.outs);
  expect(azure.writes()).toHaveLength(writes);

  const both = oneRun(azure);
  await both.encryptionSettings.check({}, args);
  expect((await both.encryptionSettings.check({}, args)).failures[0]?.reason).toContain("two EncryptionSettings");
  await expect(oneRun(azure).encryptionSettings.delete(first.id, first.outs)).rejects.toThrow("cmk-removed");
});
