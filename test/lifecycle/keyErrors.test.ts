import { setTimeout } from "node:timers/promises";
import { type Emulator, startEmulator } from "../../emulator/index.js";
import { created, oneRun } from "../support/oneRun.js";

let azure: Emulator;
let identity: { id: string; properties: { principalId: string } };
let keyVault: string;
let vault: Record<string, unknown>;
/** What somebody does in the moment in which Azure has taken a write. */
let meanwhile: (() => void) | undefined;

const keyOf = (name: string) => `https://kv-payroll.vault.azure.net/keys/${name}`;
let worlds = 0;

async function start(options: { permissionDelayMs?: number } = {}): Promise<void> {
  azure = await startEmulator({
    trust: true,
    ...options,
    onRequest({ method, path }) {
      if (method === "GET" || !path.includes("backupVaults")) return;
      meanwhile?.();
      meanwhile = undefined;
    },
  });
  azure.createResourceGroup("rg-payroll");
  identity = azure.createUserAssignedIdentity("rg-payroll", "id-payroll") as typeof identity;
  keyVault = azure.createKeyVault("rg-payroll", "kv-payroll", { enableRbacAuthorization: false }).id;
  for (const name of ["backup", "other"]) azure.createKey(keyVault, name);
  setPolicy(["get", "wrapKey", "unwrapKey"]);
  worlds += 1;
  vault = {
    vaultName: `bv-errors-${worlds}`,
    resourceGroupName: "rg-payroll",
    location: "westeurope",
    redundancy: "LocallyRedundant",
    identity: { type: "UserAssigned", userAssignedIdentities: [identity.id] },
    encryption: { keyUri: keyOf("backup"), identity: identity.id },
  };
}

afterEach(async () => {
  meanwhile = undefined;
  await azure.close();
});

function setPolicy(keys: string[]): void {
  const policy = {
    tenantId: azure.env.ARM_TENANT_ID,
    objectId: identity.properties.principalId,
    permissions: { keys },
  };
  azure.arm("PUT", `${keyVault}/accessPolicies/replace`, { properties: { accessPolicies: [policy] } });
}

test.each<[string, () => void, RegExp]>([
  ["UserErrorCMKMissingMangedIdentityPermissionOnKeyVault", () => setPolicy(["get"]), /cmk-access-missing.*Wrap Key/],
  ["UserErrorCMKKeyVaultAuthFailure", () => azure.setKey(keyOf("other"), undefined), /cmk-key-missing/],
  [
    "UserErrorCMKPurgeProtectionNotEnabledOnKeyVault",
    () => azure.setKey(keyOf("other"), { enabled: false }),
    /disabled/,
  ],
  ["UserErrorCMKSoftDeleteNotEnabledOnKeyVault", () => azure.setKey(keyOf("other"), { exp: 1 }), /expired/],
  ["CloudServiceRetryableError", () => azure.setKey(keyOf("backup"), { enabled: false }), /old-key-unreachable/],
])("Azure's %s is shown with what really is wrong", async (code, trouble, found) => {
  await start();
  const run = oneRun(azure);
  const { id, inputs, outs } = await created(run.backupVault, vault);
  const news = { ...vault, encryption: { keyUri: keyOf("other"), identity: identity.id } };
  const checked = await run.backupVault.check(inputs, news);
  expect(checked.failures).toEqual([]);

  azure.faults.add({ kind: "operationFails", method: "PATCH", code, message: "Azure's own words." });
  meanwhile = trouble;
  const failure = await run.backupVault.update(id, outs, checked.inputs).catch((error) => error.message);
  expect(failure).toMatch(found);
  expect(failure).toContain(code);
});

test("a vault that cannot be deleted without its key is told so with the key's state", async () => {
  await start();
  const run = oneRun(azure);
  const { id, outs } = await created(run.backupVault, vault);
  azure.faults.add({
    kind: "operationFails",
    method: "DELETE",
    code: "CloudServiceRetryableError",
    message: "Try later.",
  });
  meanwhile = () => azure.setKey(keyOf("backup"), undefined);
  const failure = await oneRun(azure)
    .backupVault.delete(id, outs)
    .catch((error) => error.message);
  expect(failure).toMatch(/delete-cmk-broken.*that key does not exist/);
  expect(failure).toContain("CloudServiceRetryableError");
});

test("a vault with a key at creation waits for rights that were given a moment ago, and says so while it does", async () => {
  await start({ permissionDelayMs: 3_600_000 });
  azure.arm("PATCH", keyVault, { properties: { enableRbacAuthorization: true } });
  azure.grant(keyVault, identity.properties.principalId);
  const run = oneRun(azure);
  const takesEffectOnceItIsSaid = async () => {
    while (!run.warnings.some((warning) => warning.includes("timeouts.permission"))) await setTimeout(20);
    azure.set({ permissionDelayMs: 0 });
    azure.grant(`${keyVault}/keys/backup`, identity.properties.principalId);
  };
  const [{ id }] = await Promise.all([created(run.backupVault, vault), takesEffectOnceItIsSaid()]);
  expect(azure.vault(id)?.properties.securitySettings.encryptionSettings.state).toBe("Enabled");
});

test("rights are waited for no longer than the program says, and the vault is not lost", async () => {
  await start({ permissionDelayMs: 3_600_000 });
  azure.arm("PATCH", keyVault, { properties: { enableRbacAuthorization: true } });
  azure.grant(keyVault, identity.properties.principalId);
  const run = oneRun(azure);
  const failure = await created(run.backupVault, { ...vault, timeouts: { permission: "1s" } }).catch((error) => error);
  expect(failure.message).toContain("UserErrorCMKMissingMangedIdentityPermissionOnKeyVault");
  expect(failure.id).toContain("backupVaults/");

  azure.set({ permissionDelayMs: 0 });
  azure.grant(`${keyVault}/keys/backup`, identity.properties.principalId);
  const next = oneRun(azure);
  const { inputs } = await next.backupVault.check(failure.properties, { ...vault, timeouts: { permission: "1s" } });
  const { outs } = await next.backupVault.update(failure.id, failure.properties, inputs);
  expect(outs.provisioningState).toBe("Succeeded");
});
