import { type Reply, type ScriptedAzure, scriptedAzure, subscriptionId } from "../azure/scriptedAzure.js";
import { oneRun } from "../support/oneRun.js";

const group = `/subscriptions/${subscriptionId}/resourceGroups/rg`;
const identity = `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/one`;
const keyUri = "https://safe.vault.scripted.test/keys/main";
const names = { vaultName: "payroll", resourceGroupName: "rg", subscriptionId, location: "westeurope" };

/** The ids of the vaults, and what was recorded of them. */
const vaults = {
  backupVault: {
    id: `${group}/providers/Microsoft.DataProtection/backupVaults/payroll`,
    inputs: { ...names, redundancy: "LocallyRedundant", datastoreType: "VaultStore" },
  },
  recoveryServicesVault: { id: `${group}/providers/Microsoft.RecoveryServices/vaults/payroll`, inputs: names },
};
type Kind = keyof typeof vaults;
const kinds = Object.keys(vaults) as Kind[];

function recordedOf(kind: Kind, more: object = {}): { id: string; recorded: Record<string, unknown> } {
  const { id, inputs } = vaults[kind];
  return { id, recorded: { ...inputs, ...more, vaultId: id, provisioningState: "Succeeded" } };
}

/** A vault with much null and little set. */
function liveOf(kind: Kind, more: object = {}, properties: object = {}) {
  const { id } = vaults[kind];
  const storageSettings = [{ datastoreType: "VaultStore", type: "LocallyRedundant" }];
  return {
    ...{ id, name: "payroll", type: id.split("/").slice(6, 8).join("/"), location: "westeurope" },
    ...{ tags: null, identity: null, systemData: null, ...more },
    properties: { provisioningState: "Succeeded", storageSettings, securitySettings: null, ...properties },
  };
}

let azure: ScriptedAzure;
let answers: (method: string, path: string, body: { tags?: object }, base: string) => Reply | undefined;

beforeAll(async () => {
  azure = await scriptedAzure(({ method, url, body }, base): Reply => {
    const path = decodeURIComponent(new URL(base + url).pathname);
    const known = answers(method, path, body ? JSON.parse(body) : {}, base);
    return known ?? { status: 400, body: { error: { code: "NotScripted", message: path } } };
  });
});
beforeEach(() => {
  azure.seen.length = 0;
});
afterAll(() => azure.close());

const listOf = (id: string) => id.slice(0, id.lastIndexOf("/"));
const none: Reply = { body: { value: [], nextLink: "" } };
const notFound = (id: string): Reply => {
  const message = `The Resource '${id.split("/").slice(6).join("/")}' under resource group 'rg' was not found.`;
  return { status: 404, body: { error: { code: "ResourceNotFound", message } } };
};

const previewDeadline = { "retry-after": "0" };
const statusAt = (base: string, id: string) => `${base}${id}/operationStatus/x`;

/** How Azure may answer a write that it takes. */
const taken: Record<string, (kind: Kind, base: string) => Reply> = {
  "200 with the vault": (kind) => ({ body: liveOf(kind) }),
  "202 with nothing": () => ({ status: 202 }),
  "202 with null": () => ({ status: 202, body: "null" }),
  "202 with null and an operation": (kind, base) => ({
    status: 202,
    headers: { ...previewDeadline, "azure-asyncoperation": statusAt(base, vaults[kind].id) },
    body: "null",
  }),
  "202 with a Location": (kind, base) => ({
    status: 202,
    headers: { ...previewDeadline, location: `${base}${vaults[kind].id}/operationResults/x` },
  }),
  "202 with a Location without its host": (kind) => ({
    status: 202,
    headers: { ...previewDeadline, location: `${vaults[kind].id}/operationResults/x` },
  }),
  "204": () => ({ status: 204 }),
};

const operations = (path: string): Reply | undefined => {
  if (path.endsWith("/operationStatus/x"))
    return { headers: previewDeadline, body: { status: "Succeeded", error: null } };
  return path.endsWith("/operationResults/x") ? { status: 204 } : undefined;
};

const rows = kinds.flatMap((kind) => Object.keys(taken).map((answer) => [kind, answer] as const));

test.each(rows)("a %s whose PATCH is answered %s is changed", async (kind, answer) => {
  const { id, recorded } = recordedOf(kind, { tags: {} });
  let tags: object | undefined;
  answers = (method, path, body, base) => {
    if (path !== id) return operations(path);
    if (method === "GET") return { body: liveOf(kind, { tags }) };
    tags = body.tags;
    return taken[answer]?.(kind, base);
  };
  const { outs } = await oneRun(azure)[kind].update(id, recorded, { ...recorded, tags: { team: "a" } });
  expect(outs).toMatchObject({ tags: { team: "a" } });
  expect(azure.calls().filter((each) => each.startsWith("PATCH"))).toHaveLength(1);
});

test.each(rows)("a %s whose DELETE is answered %s is deleted", async (kind, answer) => {
  const { id, recorded } = recordedOf(kind);
  let isGone = false;
  answers = (method, path, _, base) => {
    if (path === listOf(id)) return none;
    if (path !== id) return operations(path) ?? none;
    if (method === "GET") return isGone ? notFound(id) : { body: liveOf(kind) };
    isGone = true;
    return taken[answer]?.(kind, base);
  };
  // Nothing is registered for Site Recovery, and nothing protected.
  await oneRun(azure)[kind].delete(id, recorded);
  expect(isGone).toBe(true);
});

test.each(kinds)("a %s that Azure shows only some moments after its creation is created", async (kind) => {
  const { id, inputs } = vaults[kind];
  let looks = -1;
  answers = (method, path) => {
    if (path === listOf(id)) return none;
    if (method === "GET") return looks >= 0 && looks++ >= 2 ? { body: liveOf(kind) } : notFound(id);
    looks = 0;
    return { status: 201, body: liveOf(kind) };
  };
  expect(await oneRun(azure)[kind].create({ ...inputs, vaultId: id })).toMatchObject({ id });
});

test.each(kinds)("a %s that does not show its state is refreshed as what the program manages of it", async (kind) => {
  const { id, recorded } = recordedOf(kind);
  answers = () => ({ body: liveOf(kind, { tags: { team: "a" } }, { provisioningState: null }) });
  const first = await oneRun(azure)[kind].read(id, recorded);
  const again = await oneRun(azure)[kind].read(id, first.props ?? {});
  expect(again.inputs).toEqual({ ...vaults[kind].inputs, vaultId: id });
});

const nothing: [string, object][] = [
  ["{} as its identity", { identity: {} }],
  ["null in its whole identity", { identity: { type: null, principalId: null, userAssignedIdentities: null } }],
  ["{} as its sku", { sku: {} }],
  ["null in its whole sku", { sku: { name: null, tier: null } }],
  ["null in a tag", { tags: { team: "a", owner: null } }],
];

test.each(kinds.flatMap((kind) => nothing.map(([what, more]) => [kind, what, more] as const)))(
  "a %s with %s is read as one without it",
  async (kind, _, more) => {
    const { id, recorded } = recordedOf(kind, { tags: { team: "a" } });
    answers = () => ({ body: liveOf(kind, { tags: { team: "a" }, ...more }) });
    expect((await oneRun(azure)[kind].read(id, recorded)).inputs).toEqual({
      ...vaults[kind].inputs,
      tags: { team: "a" },
      vaultId: id,
    });
    const imported = (await oneRun(azure)[kind].read(id, {})).inputs;
    expect(imported).toMatchObject({ tags: { team: "a" } });
    for (const name of ["identity", "sku"]) expect(imported).not.toHaveProperty(name);
  },
);

const spellings: [string, (text: string) => string][] = [
  ["lower case", (text) => text.toLowerCase()],
  ["upper case", (text) => text.toUpperCase()],
  ["another order", (text) => text.split(",").reverse().join(", ")],
];

const keyed = (spelled: (text: string) => string) => ({
  backupVault: {
    securitySettings: {
      encryptionSettings: {
        state: spelled("Enabled"),
        keyVaultProperties: { keyUri },
        kekIdentity: { identityType: spelled("UserAssigned"), identityId: identity },
      },
    },
  },
  recoveryServicesVault: {
    encryption: { keyVaultProperties: { keyUri }, kekIdentity: { userAssignedIdentity: identity } },
  },
});

test.each(kinds.flatMap((kind) => spellings.map(([how, spelled]) => [kind, how, spelled] as const)))(
  "identities and encryption of a %s in %s are the same ones",
  async (kind, _, spelled) => {
    const { id, recorded } = recordedOf(kind, {
      identity: { type: "SystemAssigned,UserAssigned", userAssignedIdentities: [identity] },
      encryption: { keyUri, identity },
    });
    const type = spelled("SystemAssigned,UserAssigned");
    const userAssignedIdentities = { [identity]: { principalId: "u", clientId: "c" } };
    const shown = { identity: { type, principalId: "s", tenantId: "t", userAssignedIdentities } };
    answers = () => ({ body: liveOf(kind, shown, { ...keyed(spelled)[kind] }) });
    const run = oneRun(azure);
    const { provisioningState: _1, ...inputs } = recorded;
    expect((await run[kind].read(id, recorded)).inputs).toEqual(inputs);
    const [system, user] = [
      { vault: id, identity: "SystemAssigned", principalId: "s", tenantId: "t", clientId: "c" },
      { vault: id, identity, principalId: "u", tenantId: "t", clientId: "c" },
    ];
    for (const each of [system, user])
      expect((await run.identityAssignment.read(`${id}#${each.identity}`, each)).props).toEqual(each);
    const settings = { vault: id, keyUri, identity, state: "Enabled" };
    expect((await run.encryptionSettings.read(`${id}#encryption`, settings)).props).toEqual(settings);
  },
);

test.each(spellings)("the source scan of a Recovery Services vault in %s is the same one", async (_, spelled) => {
  const { id, recorded } = recordedOf("recoveryServicesVault", {
    sourceScanConfiguration: { state: "Enabled", identity: "SystemAssigned" },
  });
  const sourceScanConfiguration = {
    state: spelled("Enabled"),
    sourceScanIdentity: { operationIdentityType: spelled("SystemAssigned") },
  };
  answers = () => ({ body: liveOf("recoveryServicesVault", {}, { securitySettings: { sourceScanConfiguration } }) });
  const { provisioningState: _1, ...inputs } = recorded;
  expect((await oneRun(azure).recoveryServicesVault.read(id, recorded)).inputs).toEqual(inputs);
});

test.each(kinds)("a %s that has failed in any spelling is written again", async (kind) => {
  const { id, recorded } = recordedOf(kind);
  const { provisioningState: _, ...inputs } = recorded;
  const run = oneRun(azure)[kind];
  await run.check(inputs, inputs);
  expect(await run.diff(id, { ...inputs, provisioningState: "failed" }, inputs)).toMatchObject({ changes: true });
});

test.each<[string, object]>([
  ["is empty", {}],
  ["has empty members", { state: null, keyVaultProperties: {}, kekIdentity: {} }],
])("no encryption is sent to a Backup vault whose own %s", async (_, encryptionSettings) => {
  const { id, recorded } = recordedOf("backupVault", { tags: {} });
  let tags: object = {};
  answers = (method, path, body) => {
    if (path === id && method === "PATCH") tags = body.tags ?? {};
    return { body: liveOf("backupVault", { tags }, { securitySettings: { encryptionSettings } }) };
  };
  await oneRun(azure).backupVault.update(id, recorded, { ...recorded, tags: { team: "a" } });
  const sent = azure.seen.filter(({ method }) => method === "PATCH").map(({ body }) => JSON.parse(body));
  expect(sent).toEqual([{ tags: { team: "a" } }]);
});

test("a Backup vault with a second datastore is the same vault, and keeps it", async () => {
  const { id, recorded } = recordedOf("backupVault");
  const other = { datastoreType: "OperationalStore", type: "ZoneRedundant" };
  const ours = { datastoreType: "VaultStore", type: "LocallyRedundant" };
  let storageSettings: object[] = [other, ours];
  answers = (method, path, body) => {
    if (path !== id) return none;
    if (method === "PUT") ({ storageSettings } = (body as { properties: { storageSettings: object[] } }).properties);
    return { body: liveOf("backupVault", {}, { storageSettings }) };
  };
  const { provisioningState: _, ...inputs } = recorded;
  expect((await oneRun(azure).backupVault.read(id, recorded)).inputs).toEqual(inputs);
  await oneRun(azure).backupVault.update(id, recorded, { ...recorded, redundancy: "ZoneRedundant" });
  expect(storageSettings).toEqual([{ ...ours, type: "ZoneRedundant" }, other]);
});

test("a resource guard that Azure shows without its region is imported, and stays when the program says one", async () => {
  const id = `${group}/providers/Microsoft.DataProtection/resourceGuards/guard`;
  const live = { id, name: "guard", tags: null, properties: { vaultCriticalOperationExclusionList: null } };
  answers = (method) => (method === "GET" ? { body: live } : undefined);
  const { props = {}, inputs = {} } = await oneRun(azure).resourceGuard.read(id, {});
  expect(inputs).not.toHaveProperty("location");
  const unsaid = await oneRun(azure).resourceGuard.check(inputs, inputs);
  expect(unsaid.failures).toMatchObject([{ reason: 'Resource guard "guard": location is missing.' }]);

  const said = await oneRun(azure).resourceGuard.check(inputs, { ...inputs, location: "westeurope" });
  expect(said.failures).toEqual([]);
  expect(await oneRun(azure).resourceGuard.diff(id, props, said.inputs)).toMatchObject({ changes: true, replaces: [] });
  const { outs } = await oneRun(azure).resourceGuard.update(id, props, said.inputs);
  expect(outs).toMatchObject({ location: "westeurope" });
  expect(azure.calls().filter((each) => !each.startsWith("GET"))).toEqual([]);
});
