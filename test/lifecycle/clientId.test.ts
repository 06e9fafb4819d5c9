import { type Emulator, startEmulator } from "../../emulator/index.js";
import { created, oneRun } from "../support/oneRun.js";

let azure: Emulator;
let vault: string;

beforeEach(async () => {
  azure = await startEmulator({ trust: true });
  azure.createResourceGroup("rg");
  vault = `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg/providers/Microsoft.DataProtection/backupVaults/payroll`;
  azure.arm("PUT", vault, {
    location: "westeurope",
    properties: { storageSettings: [{ datastoreType: "VaultStore", type: "LocallyRedundant" }] },
  });
});
afterEach(() => azure.close());

const lookUp = { kind: "status", path: "identities/default", times: "always" } as const;

/** An assignment whose client ID could not be read, and the run that could not. */
async function withoutClientId(fault: object) {
  azure.faults.add({ ...lookUp, ...fault });
  const run = oneRun(azure);
  const { id, inputs, outs } = await created(run.identityAssignment, { vault, identity: "SystemAssigned" });
  expect(outs).toMatchObject({ principalId: expect.any(String) });
  expect(outs.clientId).toBeUndefined();
  expect(run.warnings.join()).toMatch(/the client ID of its identity SystemAssigned could not be read: .*clientId/);
  return { id, inputs, outs };
}

test.each([
  ["is not allowed", { status: 403, code: "AuthorizationFailed" }],
  ["is answered by a proxy", { status: 404, code: "ProxyNotFound" }],
])("a client ID whose look-up %s is read by the next up", async (_, fault) => {
  const { id, inputs, outs } = await withoutClientId(fault);
  azure.faults.clear();
  const next = oneRun(azure).identityAssignment;
  expect(await next.diff(id, outs, inputs)).toMatchObject({ changes: true, replaces: [] });
  const updated = (await next.update(id, outs, inputs)).outs;
  expect(updated).toEqual({ ...inputs, ...outs, isClientIdPending: undefined, clientId: expect.any(String) });
  expect(await next.diff(id, updated, inputs)).toMatchObject({ changes: false });
});

test("a client ID that could not be read is read by the next refresh, and nothing is left to do", async () => {
  const { id, inputs, outs } = await withoutClientId({ status: 403, code: "AuthorizationFailed" });
  azure.faults.clear();
  const next = oneRun(azure).identityAssignment;
  const { props = {} } = await next.read(id, outs);
  expect(props.clientId).toEqual(expect.any(String));
  expect(await next.diff(id, props, inputs)).toMatchObject({ changes: false });
});

test("whoever may not read the client ID the next time either is told so, and no update is left for ever", async () => {
  const { id, inputs, outs } = await withoutClientId({ status: 403, code: "AuthorizationFailed" });
  const next = oneRun(azure);
  const updated = (await next.identityAssignment.update(id, outs, inputs)).outs;
  expect(updated.principalId).toBe(outs.principalId);
  expect(next.warnings.join()).toContain("until a `pulumi refresh` can read it");
  expect(await next.identityAssignment.diff(id, updated, inputs)).toMatchObject({ changes: false });
});
