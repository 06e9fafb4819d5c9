import { type Emulator, startEmulator } from "../../emulator/index.js";
import { created, oneRun } from "../support/oneRun.js";

let azure: Emulator;
let keyVault: string;
let principalId: string;

const keyUri = "https://kv-payroll.vault.azure.net/keys/backup";

beforeEach(async () => {
  azure = await startEmulator({ trust: true });
  azure.createResourceGroup("rg-payroll");
  principalId = azure.createUserAssignedIdentity("rg-payroll", "id-payroll").properties.principalId;
  keyVault = azure.createKeyVault("rg-payroll", "kv-payroll").id;
  azure.createKey(keyVault, "backup");
});

afterEach(() => azure.close());

const assignments = () => {
  const { value } = azure.arm("GET", `${keyVault}/providers/Microsoft.Authorization/roleAssignments`).body as {
    value: { name: string; properties: { principalId: string; scope: string } }[];
  };
  return value;
};

test("a role is given at the key vault on request, and given anew when it was taken away", async () => {
  const { keyAccess } = oneRun(azure);
  const args = { keyUri, principalId, scope: "KeyVault" };
  const { id, outs } = await created(keyAccess, args);
  const [given] = assignments();
  expect(given?.properties).toMatchObject({ scope: keyVault, principalId });

  azure.arm("DELETE", `${keyVault}/providers/Microsoft.Authorization/roleAssignments/${given?.name}`);
  expect(await keyAccess.read(id, outs)).toEqual({});
  await created(keyAccess, args);
  expect(assignments().map(({ name }) => name)).toEqual([given?.name]);
});

test("wider rights that are there already are left to whoever gave them", async () => {
  azure.grant(`/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}`, principalId);
  const { keyAccess } = oneRun(azure);
  const { id, outs } = await created(keyAccess, { keyUri, principalId });
  expect(outs.grantedBy).toBe("Nothing");
  await keyAccess.delete(id, outs);
  expect(assignments()).toHaveLength(1);
});

test("an access policy is added beside others, and only what was added is taken away", async () => {
  const policy = (objectId: string, keys: string[]) => ({
    tenantId: azure.env.ARM_TENANT_ID,
    objectId,
    permissions: { keys },
  });
  azure.arm("PATCH", keyVault, { properties: { enableRbacAuthorization: false } });
  azure.arm("PUT", `${keyVault}/accessPolicies/replace`, {
    properties: { accessPolicies: [policy("others", ["get"]), policy(principalId, ["get", "sign"])] },
  });
  const keysOf = (whose: string) => {
    const { properties } = azure.arm("GET", keyVault).body as {
      properties: { accessPolicies: { objectId: string; permissions: { keys?: string[] } }[] };
    };
    return properties.accessPolicies.find(({ objectId }) => objectId === whose)?.permissions.keys?.sort();
  };

  const { keyAccess } = oneRun(azure);
  const { id, outs } = await created(keyAccess, { keyUri, principalId });
  expect(keysOf(principalId)).toEqual(["get", "list", "sign", "unwrapKey", "wrapKey"]);
  await keyAccess.delete(id, outs);
  expect(keysOf(principalId)).toEqual(["get", "sign"]);
  expect(keysOf("others")).toEqual(["get"]);
});

test("a key vault that this run may still make is a warning when the program is checked, and an error when access is given", async () => {
  const { keyAccess, warnings } = oneRun(azure);
  const args = { keyUri: "https://kv-none.vault.azure.net/keys/backup", principalId };
  const { inputs, failures } = await keyAccess.check({}, { ...args, __program: { waitsForNew: true } });
  expect(failures).toEqual([]);
  expect(warnings.join()).toContain("kv-none");
  await expect(keyAccess.create(inputs)).rejects.toThrow(/Key access to "backup".*kv-none/);
});

test("access that a Recovery Services vault's key needs is not taken away either", async () => {
  const { keyAccess } = oneRun(azure);
  const { id, outs } = await created(keyAccess, { keyUri, principalId });
  const group = `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-payroll/providers`;
  const identity = `${group}/Microsoft.ManagedIdentity/userAssignedIdentities/id-payroll`;
  const vault = `${group}/Microsoft.RecoveryServices/vaults/rsv-payroll`;
  azure.arm("PUT", vault, {
    location: "westeurope",
    sku: { name: "RS0", tier: "Standard" },
    identity: { type: "UserAssigned", userAssignedIdentities: { [identity]: {} } },
    properties: {},
  });
  azure.arm("PATCH", vault, {
    properties: { encryption: { keyVaultProperties: { keyUri }, kekIdentity: { userAssignedIdentity: identity } } },
  });
  await expect(keyAccess.delete(id, outs)).rejects.toThrow("rsv-payroll");
  expect(assignments()).toHaveLength(1);
});

test("a subscription that knows no Recovery Services vaults has none that need the access", async () => {
  const { keyAccess } = oneRun(azure);
  const { id, outs } = await created(keyAccess, { keyUri, principalId });
  azure.arm("POST", `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/providers/Microsoft.RecoveryServices/unregister`);
  await keyAccess.delete(id, outs);
  expect(assignments()).toEqual([]);
});

test("whatever fails names the key and its key vault", async () => {
  const { keyAccess } = oneRun(azure);
  const { id, inputs, outs } = await created(keyAccess, { keyUri, principalId });
  const named = 'Key access to "backup" in kv-payroll.vault.azure.net';
  const failing = { kind: "status", status: 403, code: "AuthorizationFailed", times: "always" } as const;
  azure.faults.add({ ...failing, path: "roleAssignments" });
  await expect(keyAccess.create(inputs)).rejects.toThrow(named);
  await expect(keyAccess.read(id, outs)).rejects.toThrow(named);
  await expect(keyAccess.delete(id, outs)).rejects.toThrow(named);
});
