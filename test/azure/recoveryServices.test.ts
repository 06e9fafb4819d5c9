import { connect, isArmError } from "../../provider/azure/index.js";
import { closeEmulators, emulated, failureOf, previewDeadline } from "./emulated.js";
import { scriptedAzure } from "./scriptedAzure.js";

afterEach(closeEmulators);

const idIn = (env: Record<string, string>, name = "rsv") =>
  `/subscriptions/${env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg/providers/Microsoft.RecoveryServices/vaults/${name}`;

const body = { location: "westeurope", sku: { name: "Standard" }, properties: {} };

test("a vault lives and goes through Microsoft's client, and only a 404 of its own means gone", async () => {
  const { emulator, azure } = await emulated();
  const id = idIn(emulator.env);
  const vaults = azure.recoveryServicesVaults;
  expect(await vaults.get(id, previewDeadline())).toBeUndefined();
  await vaults.createOrUpdate(id, body, previewDeadline());
  await vaults.update(id, { tags: { team: "payroll" } }, previewDeadline());
  expect(await vaults.get(id, previewDeadline())).toMatchObject({
    tags: { team: "payroll" },
    properties: { provisioningState: "Succeeded" },
  });
  await vaults.delete(id, previewDeadline());
  expect(await vaults.get(id, previewDeadline())).toBeUndefined();
  const elsewhere = idIn({ ARM_SUBSCRIPTION_ID: "99999999-0000-4000-8000-000000000000" });
  expect(isArmError(await failureOf(vaults.get(elsewhere, previewDeadline())))).toBe(true);
});

test("what Azure refuses reads as for Backup vaults, and nothing of Microsoft's client shows", async () => {
  const { emulator, azure } = await emulated();
  const locked = { ...body, properties: { securitySettings: { immutabilitySettings: { state: "Locked" } } } };
  const failure = await failureOf(
    azure.recoveryServicesVaults.createOrUpdate(idIn(emulator.env), locked, previewDeadline()),
  );
  expect(failure).toMatchObject({
    name: "ArmError",
    status: 400,
    code: "UserErrorUnsupportedVaultImmutabilityStateChange",
    operation: "PUT vaults/rsv",
    accepted: false,
  });
});

test("throttling is waited for, and a write whose answer is lost counts as made", async () => {
  const { emulator, azure } = await emulated();
  const id = idIn(emulator.env);
  emulator.faults.add({ kind: "throttle", retryAfterSeconds: 1, path: "/vaults/rsv" });
  await azure.recoveryServicesVaults.createOrUpdate(id, body, previewDeadline());
  emulator.faults.add({ kind: "dropAfter", method: "PATCH", times: "always" });
  const failure = await failureOf(azure.recoveryServicesVaults.update(id, { tags: {} }, previewDeadline(6_000)));
  expect(failure.accepted).toBe(true);
});

test("what lies in a vault is read, each kind where Azure has it", async () => {
  const { emulator, azure } = await emulated();
  const id = idIn(emulator.env);
  await azure.recoveryServicesVaults.createOrUpdate(id, body, previewDeadline());
  expect(await azure.storageTypeState(id)).toBe("Unlocked");
  for (const name of ["vm-1", "vm-2"]) emulator.protectVm(id, { name });
  emulator.register(id, "files");
  emulator.addReplicatedItem(id, "vm-3");
  expect(await azure.protectedItems(id)).toEqual(
    ["vm-1", "vm-2"].map((name) =>
      expect.objectContaining({ name, state: "Protected", managementType: "AzureIaasVM", isSoftDeleted: false }),
    ),
  );
  expect(await azure.containers(id)).toEqual([{ name: "files", managementType: "AzureStorage" }]);
  expect(await azure.replication(id)).toEqual({ replicatedItems: 1, registeredServers: 0 });
  expect(await azure.storageTypeState(id)).toBe("Locked");
});

test("a next page or an operation on another host is refused, and no token goes there", async () => {
  const elsewhere = await scriptedAzure(() => ({ body: {} }));
  const scripted = await scriptedAzure(({ method }) =>
    method === "GET"
      ? { body: { value: [], nextLink: `${elsewhere.url}/next` } }
      : { status: 202, headers: { "azure-asyncoperation": `${elsewhere.url}/status` } },
  );
  const azure = connect(() => undefined, scripted.env);
  const id = idIn(scripted.env);
  expect(await failureOf(azure.protectedItems(id))).toMatchObject({ name: "ForeignHostError", accepted: false });
  expect(await failureOf(azure.recoveryServicesVaults.update(id, {}, previewDeadline()))).toMatchObject({
    name: "ForeignHostError",
    accepted: true,
  });
  expect(elsewhere.seen).toEqual([]);
  for (const each of [scripted, elsewhere]) await each.close();
});
