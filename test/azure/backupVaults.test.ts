import { closeEmulators, emulated, failureOf, idOf, previewDeadline, vaultBody } from "./emulated.js";

afterEach(closeEmulators);

test("a vault is created with one PUT, one question how it goes, and read with one GET", async () => {
  const { emulator, azure } = await emulated();
  await azure.backupVaults.createOrUpdate(idOf(emulator), vaultBody, previewDeadline());
  const vault = await azure.backupVaults.get(idOf(emulator), previewDeadline());
  expect(vault).toMatchObject({ name: "payroll", properties: { provisioningState: "Succeeded" } });
  const requests = emulator.journal().filter(({ path }) => path.includes("backupVaults"));
  expect(requests.map(({ method }) => method)).toEqual(["PUT", "GET", "GET"]);
  expect(requests[0]?.client).toMatch(/^pulumi-azure-backup\/\d+\.\d+\.\d+ /);
});

test("a vault is changed by PATCH", async () => {
  const { emulator, azure } = await emulated();
  const id = idOf(emulator);
  await azure.backupVaults.createOrUpdate(id, vaultBody, previewDeadline());
  await azure.backupVaults.update(id, { tags: { team: "finance" } }, previewDeadline());
  expect((await azure.backupVaults.get(id, previewDeadline()))?.tags).toEqual({ team: "finance" });
});

test("a deleted vault is gone, and deleting it again is no failure", async () => {
  const { emulator, azure } = await emulated();
  const id = idOf(emulator);
  await azure.backupVaults.createOrUpdate(id, vaultBody, previewDeadline());
  await azure.backupVaults.delete(id, previewDeadline());
  expect(await azure.backupVaults.get(id, previewDeadline())).toBeUndefined();
  await azure.backupVaults.delete(id, previewDeadline());
});

test("a vault in a group that does not exist is gone, too", async () => {
  const { emulator, azure } = await emulated();
  expect(await azure.backupVaults.get(idOf(emulator).replace("/rg/", "/nowhere/"), previewDeadline())).toBeUndefined();
});

test("a vault cannot be created in a group that does not exist", async () => {
  const { emulator, azure } = await emulated();
  const id = idOf(emulator).replace("/rg/", "/nowhere/");
  const failure = await failureOf(azure.backupVaults.createOrUpdate(id, vaultBody, previewDeadline()));
  expect(failure).toMatchObject({ name: "ArmError", status: 404, code: "ResourceGroupNotFound", accepted: false });
  expect(failure.message).toContain("Create the resource group first");
});

test.each([
  ["403", { status: 403, code: "AuthorizationFailed" }],
  ["401 twice", { status: 401, code: "InvalidAuthenticationToken", times: 2 }],
  ["a 404 of the subscription", { status: 404, code: "SubscriptionNotFound" }],
])("%s on a read is an error and never a missing vault", async (_, fault) => {
  const { emulator, azure } = await emulated();
  emulator.faults.add({ kind: "status", path: "backupVaults", ...fault });
  const failure = await failureOf(azure.backupVaults.get(idOf(emulator), previewDeadline()));
  expect(failure).toMatchObject({ name: "ArmError", status: fault.status, code: fault.code });
});

test("one 401 is answered with a fresh token", async () => {
  const { emulator, azure } = await emulated();
  const tokens = () => emulator.journal().filter(({ path }) => path.includes("/oauth2/v2.0/token")).length;
  await azure.backupVaults.get(idOf(emulator), previewDeadline());
  const before = tokens();
  emulator.faults.add({ kind: "status", path: "backupVaults", status: 401, code: "ExpiredAuthenticationToken" });
  await azure.backupVaults.get(idOf(emulator), previewDeadline());
  expect(tokens()).toBe(before + 1);
});

test("a list has all its pages", async () => {
  const { emulator, azure } = await emulated({ pageSize: 2 });
  for (const name of ["one", "two", "three", "four", "five"])
    await azure.backupVaults.createOrUpdate(idOf(emulator, name), vaultBody, previewDeadline());
  const all = await azure.backupVaults.listByResourceGroup(azure.subscriptionId ?? "", "rg", previewDeadline());
  expect(all.map(({ name }) => name).sort()).toEqual(["five", "four", "one", "three", "two"]);
  expect(await azure.backupVaults.listBySubscription(azure.subscriptionId ?? "", previewDeadline())).toHaveLength(5);
});

test("a soft-deleted vault is listed where it was", async () => {
  const { emulator, azure } = await emulated();
  await azure.backupVaults.createOrUpdate(idOf(emulator), vaultBody, previewDeadline());
  await azure.backupVaults.delete(idOf(emulator), previewDeadline());
  const [deleted] = await azure.deletedBackupVaults.list(azure.subscriptionId ?? "", "westeurope", previewDeadline());
  expect(deleted?.vaultId).toBe(idOf(emulator));
});
