import type { Fault } from "../../emulator/index.js";
import { closeEmulators, emulated, failureOf, idOf, previewDeadline, vaultBody } from "./emulated.js";

// They wait most of their time: side by side.
afterAll(closeEmulators);

const transient: [string, Omit<Fault, "method" | "path">][] = [
  ["throttling", { kind: "throttle", retryAfterSeconds: 1 }],
  ["a 500", { kind: "status", status: 500 }],
  ["a 503 with Retry-After", { kind: "status", status: 503, retryAfterSeconds: 1 }],
  ["a connection dropped before the effect", { kind: "dropBefore" }],
  ["a connection dropped after the effect", { kind: "dropAfter" }],
  ["an answer that ends in the middle", { kind: "truncate" }],
];

for (const method of ["PUT", "PATCH", "DELETE"]) {
  test.concurrent.each(transient)(`${method} gets over %s`, async (_, fault) => {
    const { emulator, azure } = await emulated();
    const id = idOf(emulator);
    await azure.backupVaults.createOrUpdate(id, vaultBody, previewDeadline());
    emulator.faults.add({ ...fault, method, path: "backupVaults" });
    if (method === "PUT")
      await azure.backupVaults.createOrUpdate(id, { ...vaultBody, tags: { a: "b" } }, previewDeadline());
    if (method === "PATCH") await azure.backupVaults.update(id, { tags: { a: "b" } }, previewDeadline());
    if (method === "DELETE") await azure.backupVaults.delete(id, previewDeadline());
    const vault = await azure.backupVaults.get(id, previewDeadline());
    if (method === "DELETE") expect(vault).toBeUndefined();
    else expect(vault?.tags).toEqual({ a: "b" });
  });

  test.concurrent.each(transient)(`the question how a ${method} goes gets over %s`, async (_, fault) => {
    const { emulator, azure } = await emulated();
    const id = idOf(emulator);
    if (method !== "PUT") await azure.backupVaults.createOrUpdate(id, vaultBody, previewDeadline());
    emulator.faults.add({ ...fault, method: "GET", path: "operationStatus" });
    if (method === "PUT") await azure.backupVaults.createOrUpdate(id, vaultBody, previewDeadline());
    if (method === "PATCH") await azure.backupVaults.update(id, { tags: { a: "b" } }, previewDeadline());
    if (method === "DELETE") await azure.backupVaults.delete(id, previewDeadline());
    expect(emulator.vault(id) === undefined).toBe(method === "DELETE");
  });
}

test.concurrent("a create whose answer was dropped sends the same vault again, while Azure still works on the first", async () => {
  const { emulator, azure } = await emulated({ operationMs: 1_500 });
  emulator.faults.add({ kind: "dropAfter", method: "PUT" });
  await azure.backupVaults.createOrUpdate(idOf(emulator), vaultBody, previewDeadline());
  expect(emulator.vault(idOf(emulator))?.properties.provisioningState).toBe("Succeeded");
});

test.concurrent("throttling is waited for as long as Azure asks", async () => {
  const { emulator, azure } = await emulated();
  emulator.faults.add({ kind: "throttle", method: "PUT", retryAfterSeconds: 1, times: 3 });
  const began = Date.now();
  await azure.backupVaults.createOrUpdate(idOf(emulator), vaultBody, previewDeadline());
  expect(Date.now() - began).toBeGreaterThanOrEqual(3_000);
});

test.concurrent("throttling beyond the deadline is told at once, and nothing was accepted", async () => {
  const { emulator, azure } = await emulated();
  emulator.faults.add({ kind: "throttle", method: "PUT", retryAfterSeconds: 7_200 });
  // Whoever waited for it would not come to an end here.
  const anHour = previewDeadline(3_600_000);
  const failure = await failureOf(azure.backupVaults.createOrUpdate(idOf(emulator), vaultBody, anHour));
  expect(failure).toMatchObject({ name: "ArmError", status: 429, accepted: false });
});

test.concurrent("a write that always fails with 500 may have been accepted", async () => {
  const { emulator, azure } = await emulated();
  emulator.faults.add({ kind: "status", status: 500, method: "PUT", times: "always" });
  const failure = await failureOf(
    azure.backupVaults.createOrUpdate(idOf(emulator), vaultBody, previewDeadline(10_000)),
  );
  expect(failure).toMatchObject({ name: "ArmError", status: 500, accepted: true });
});

test.concurrent("a write whose connection always drops may have been accepted", async () => {
  const { emulator, azure } = await emulated();
  emulator.faults.add({ kind: "dropAfter", method: "PUT", times: "always" });
  const failure = await failureOf(
    azure.backupVaults.createOrUpdate(idOf(emulator), vaultBody, previewDeadline(10_000)),
  );
  expect(failure).toMatchObject({ name: "ConnectionError", accepted: true });
});

test.concurrent("an operation that fails says why", async () => {
  const { emulator, azure } = await emulated();
  emulator.faults.add({ kind: "operationFails", method: "PUT", code: "CloudServiceRetryableError", message: "Later." });
  const failure = await failureOf(azure.backupVaults.createOrUpdate(idOf(emulator), vaultBody, previewDeadline()));
  expect(failure).toMatchObject({ name: "ArmError", status: 200, code: "CloudServiceRetryableError", accepted: true });
  expect(failure.message).toContain("Later.");
});

test.concurrent("an operation that never ends ends with the deadline", async () => {
  const { emulator, azure } = await emulated();
  emulator.faults.add({ kind: "operationNeverEnds", method: "PUT" });
  const failure = await failureOf(
    azure.backupVaults.createOrUpdate(idOf(emulator), vaultBody, previewDeadline(10_000)),
  );
  expect(failure).toMatchObject({ name: "OperationTimeout", accepted: true, resourceId: idOf(emulator) });
});
