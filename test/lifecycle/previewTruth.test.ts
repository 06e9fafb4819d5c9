import { azure, emulatorForAll } from "../emulator/emulatorForAll.js";
import { created, oneRun } from "../support/oneRun.js";

emulatorForAll({ trust: true });

const sub = () => String(azure.env.ARM_SUBSCRIPTION_ID);
const inGroup = (path: string) => `/subscriptions/${sub()}/resourceGroups/rg-truth/providers/${path}`;
const noIdentity = () => inGroup("Microsoft.ManagedIdentity/userAssignedIdentities/id-none");
const keyOf = (store: string, key: string) => `https://${store}.vault.azure.net/keys/${key}`;
let identity: { id: string; properties: { principalId: string } };

beforeAll(() => {
  azure.createResourceGroup("rg-truth");
  identity = azure.createUserAssignedIdentity("rg-truth", "id-truth") as typeof identity;
  const keyVault = azure.createKeyVault("rg-truth", "kv-truth").id;
  azure.createKey(keyVault, "backup");
  azure.grant(keyVault, identity.properties.principalId);
});

type Handler = "backupVault" | "recoveryServicesVault" | "identityAssignment" | "encryptionSettings" | "keyAccess";
type Args = Record<string, unknown>;

const settings: Record<string, Args> = {
  backupVault: { resourceGroupName: "rg-truth", location: "westeurope", redundancy: "GeoRedundant" },
  recoveryServicesVault: { resourceGroupName: "rg-truth", location: "westeurope" },
};
const namespaces: Record<string, string> = {
  backupVault: "Microsoft.DataProtection",
  recoveryServicesVault: "Microsoft.RecoveryServices",
};
const nouns: Record<string, string> = {
  backupVault: "Backup vault",
  recoveryServicesVault: "Recovery Services vault",
};
const vaultKinds = Object.keys(settings) as ("backupVault" | "recoveryServicesVault")[];

let count = 0;
const vault = (kind: string, more: Args = {}): Args => {
  count += 1;
  return { ...settings[kind], vaultName: `bv-truth-${count}`, ...more };
};
const keyed = (keyUri: string): Args => ({
  identity: { type: "UserAssigned", userAssignedIdentities: [identity.id] },
  encryption: { keyUri, identity: identity.id },
});

interface Case {
  what: string;
  handler: Handler;
  args: () => Args;
  says: string;
  /** Makes it so, and returns how it was. */
  while?: () => () => void;
}

const unregistered = (namespace: string) => () => {
  azure.arm("POST", `/subscriptions/${sub()}/providers/${namespace}/unregister`);
  return () => void azure.arm("POST", `/subscriptions/${sub()}/providers/${namespace}/register`);
};

const groupOnItsWayOut = (name: string) => () => {
  azure.createResourceGroup(name);
  azure.set({ operationMs: 600_000 });
  azure.arm("DELETE", `/subscriptions/${sub()}/resourceGroups/${name}`);
  return () => azure.set({ operationMs: 0 });
};

const ofVaults = vaultKinds.flatMap((handler): Case[] => [
  {
    what: "a resource group that does not exist",
    handler,
    args: () => vault(handler, { resourceGroupName: "rg-none" }),
    says: 'resource group "rg-none" does not exist',
  },
  {
    what: "a resource group that does not exist, for a vault whose name is not known yet",
    handler,
    args: () => vault(handler, { resourceGroupName: "rg-none", vaultName: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" }),
    says: 'resource group "rg-none" does not exist',
  },
  {
    what: "a resource group that is being deleted",
    handler,
    args: () => vault(handler, { resourceGroupName: `rg-going-${handler}` }),
    says: `resource group "rg-going-${handler}" is being deleted`,
    while: groupOnItsWayOut(`rg-going-${handler}`),
  },
  {
    what: "a subscription that cannot be seen",
    handler,
    args: () => vault(handler, { subscriptionId: "11111111-2222-3333-4444-555555555555" }),
    says: "Check the subscription ID",
  },
  {
    what: "a subscription that is not registered",
    handler,
    args: () => vault(handler),
    says: `az provider register --namespace ${namespaces[handler]}`,
    while: unregistered(namespaces[handler] ?? ""),
  },
  {
    what: "a region that there is not",
    handler,
    args: () => vault(handler, { location: "westeurop" }),
    says: `"westeurop" is not an Azure region that offers ${nouns[handler]}s to this subscription; did you mean "westeurope"?`,
  },
  {
    what: "an identity that does not exist",
    handler,
    args: () => vault(handler, { identity: { type: "UserAssigned", userAssignedIdentities: [noIdentity()] } }),
    says: "userAssignedIdentities/id-none does not exist",
  },
  {
    what: "a key that does not exist",
    handler,
    args: () => vault(handler, keyed(keyOf("kv-truth", "none"))),
    says: "The key does not exist",
  },
  {
    what: "a key in a key vault that does not exist",
    handler,
    args: () => vault(handler, keyed(keyOf("kv-none", "backup"))),
    says: "The key vault does not exist",
  },
]);

const types = ["Microsoft.DataProtection/backupVaults", "Microsoft.RecoveryServices/vaults"];
const ofParts = types.flatMap((type): Case[] => [
  {
    what: `an identity on a vault of ${type} that does not exist`,
    handler: "identityAssignment",
    args: () => ({ vault: inGroup(`${type}/bv-none`), identity: "SystemAssigned" }),
    says: 'vault "bv-none" does not exist',
  },
  {
    what: `a key for a vault of ${type} that does not exist`,
    handler: "encryptionSettings",
    args: () => ({
      vault: inGroup(`${type}/bv-none`),
      identity: "SystemAssigned",
      keyUri: keyOf("kv-truth", "backup"),
    }),
    says: 'vault "bv-none" does not exist',
  },
]);

const ofAccess: Case[] = [
  {
    what: "access to a key in a key vault that does not exist",
    handler: "keyAccess",
    args: () => ({ keyUri: keyOf("kv-none", "backup"), principalId: identity.properties.principalId }),
    says: 'the key vault "kv-none" does not exist',
  },
  {
    what: "access to a key in a Managed HSM that does not exist",
    handler: "keyAccess",
    args: () => ({
      keyUri: "https://hsm-none.managedhsm.azure.net/keys/backup",
      principalId: identity.properties.principalId,
    }),
    says: 'the Managed HSM "hsm-none" does not exist',
  },
  {
    what: "access to a key that does not exist",
    handler: "keyAccess",
    args: () => ({ keyUri: keyOf("kv-truth", "none"), principalId: identity.properties.principalId }),
    says: "the key does not exist in its key vault or Managed HSM",
  },
];

const sentences = (failures: { reason: string }[]) => failures.map(({ reason }) => reason).join("\n");

describe.each([...ofVaults, ...ofParts, ...ofAccess])("$handler: $what", ({ handler, args, says, ...each }) => {
  test("is refused at preview with what to do, and a warning where the run may make it first", async () => {
    const restore = each.while?.();
    try {
      const writes = azure.writes().length;
      const given = args();
      const { failures } = await oneRun(azure)[handler].check({}, given);
      expect(sentences(failures)).toContain(says);

      const later = oneRun(azure);
      const waiting = await later[handler].check({}, { ...given, __program: { waitsForNew: true } });
      expect({ failures: waiting.failures, inputs: Object.keys(waiting.inputs) }).toEqual({
        failures: [],
        inputs: expect.not.arrayContaining(["__program"]),
      });
      expect(later.warnings.join("\n")).toMatch(/does not exist|is being deleted|subscription|no such key/);
      expect(azure.writes()).toHaveLength(writes);
    } finally {
      restore?.();
    }
  });
});

describe.each(vaultKinds)("a %s", (handler) => {
  test("that somebody deleted is refused when it is to change, and not asked for when it is not", async () => {
    const args = vault(handler);
    const { id, inputs, outs } = await created(oneRun(azure)[handler], args);
    azure.arm("DELETE", id);
    const before = azure.journal().length;
    expect((await oneRun(azure)[handler].check(inputs, args)).failures).toEqual([]);
    expect(azure.journal()).toHaveLength(before);

    const run = oneRun(azure)[handler];
    const changed = await run.check(inputs, { ...args, tags: { owner: "wages" } });
    expect(changed.failures).toEqual([]);
    await expect(run.diff(id, outs, changed.inputs)).rejects.toThrow("Run `pulumi refresh`");
    // One whose creation was never finished is finished now, also by a program that has changed since.
    const unfinished = { ...inputs, provisioningState: "Unknown" };
    expect(await run.diff(id, unfinished, changed.inputs)).toMatchObject({ changes: true, replaces: [] });
    // A replacement only deletes it.
    const moved = await oneRun(azure)[handler].check(inputs, { ...args, location: "northeurope" });
    expect(moved.failures).toEqual([]);
  });

  test("that would be replaced under its name by one that is created first is refused", async () => {
    const args = vault(handler);
    const { inputs } = await created(oneRun(azure)[handler], args);
    const moved = { ...args, location: "northeurope" };
    const told = { __program: { createsFirst: true } };
    const refused = await oneRun(azure)[handler].check(inputs, { ...moved, ...told });
    expect(sentences(refused.failures)).toContain("deleteBeforeReplace: false");
    expect((await oneRun(azure)[handler].check(inputs, moved)).failures).toEqual([]);
    const renamed = await oneRun(azure)[handler].check(inputs, { ...moved, vaultName: "bv-another", ...told });
    expect(renamed.failures).toEqual([]);
    const changed = await oneRun(azure)[handler].check(inputs, { ...args, tags: { owner: "wages" }, ...told });
    expect(changed.failures).toEqual([]);
  });

  test("that comes in the same run takes an identity and a key, by its id alone too", async () => {
    const run = oneRun(azure);
    const { inputs } = await run[handler].check({}, vault(handler));
    const parts = { vault: inputs.vaultId, identity: "SystemAssigned" };
    expect((await run.identityAssignment.check({}, parts)).failures).toEqual([]);
    const settings = await run.encryptionSettings.check({}, { ...parts, keyUri: keyOf("kv-truth", "backup") });
    expect(settings.failures).toEqual([]);
  });

  test("whose creation was cut short takes an identity in the run that finishes it", async () => {
    const args = vault(handler);
    const { inputs } = await oneRun(azure)[handler].check({}, args);
    const run = oneRun(azure);
    await run[handler].check(inputs, args);
    await run[handler].diff(String(inputs.vaultId), { ...inputs, provisioningState: "Unknown" }, inputs);
    const checked = await run.identityAssignment.check({}, { vault: inputs.vaultId, identity: "SystemAssigned" });
    expect(checked.failures).toEqual([]);
  });

  test("costs one question more to create, and the next one of its group none", async () => {
    const run = oneRun(azure);
    const asked = async () => {
      const before = azure.journal().length;
      expect((await run[handler].check({}, vault(handler))).failures).toEqual([]);
      const paths = azure
        .journal()
        .slice(before)
        .map(({ path }) => path);
      return paths.filter((path) => path.startsWith("/subscriptions/"));
    };
    const first = await asked();
    const second = await asked();
    expect(first.filter((path) => /\/resourceGroups\/rg-truth\?/i.test(path))).toHaveLength(1);
    expect(second.filter((path) => !/\/providers\/Microsoft\.\w+\/\w*vaults[/?]/i.test(path))).toEqual([]);
  });
});

test("what may not be looked at is said, and not refused", async () => {
  const run = oneRun(azure);
  azure.faults.add({ method: "GET", path: "/resourceGroups/rg-truth?", kind: "status", status: 403, times: 1 });
  azure.faults.add({ method: "GET", path: "userAssignedIdentities/id-truth", kind: "status", status: 403, times: 1 });
  const args = vault("backupVault", { identity: { type: "UserAssigned", userAssignedIdentities: [identity.id] } });
  expect((await run.backupVault.check({}, args)).failures).toEqual([]);
  expect(run.warnings.join("\n")).toContain('resource group "rg-truth" was not checked');
  expect(run.warnings.join("\n")).toContain(`identity ${identity.id} was not checked`);
});

test("a key vault that cannot be seen may be there: its name is taken", async () => {
  azure.createKeyVault("rg-truth", "kv-hidden");
  const run = oneRun(azure);
  const found = { method: "GET", path: "/resources?", kind: "status", status: 403 } as const;
  azure.faults.add({ ...found, times: "always" });
  try {
    const { failures } = await run.keyAccess.check(
      {},
      { keyUri: keyOf("kv-hidden", "backup"), principalId: identity.properties.principalId },
    );
    expect(failures).toEqual([]);
    expect(run.warnings).toHaveLength(1);
  } finally {
    azure.faults.clear();
  }
});
