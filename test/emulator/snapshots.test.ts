import { type Emulator, startEmulator } from "../../emulator/index.js";
import { type Arm, armClient, done, send, vault, vaultId } from "./client.js";

let azure: Emulator;
let arm: Arm;

beforeAll(async () => {
  azure = await startEmulator();
  azure.createResourceGroup("rg-payroll");
  arm = await armClient(azure);
});
afterAll(() => azure.close());

test("a test comes back to the world that it prepared, as often as it wants", async () => {
  await done(arm, await arm("PUT", vaultId(azure), vault()));
  const prepared = azure.vault(vaultId(azure));
  azure.snapshot("prepared");
  for (let round = 0; round < 2; round += 1) {
    await done(arm, await arm("PATCH", vaultId(azure), { tags: { round: String(round) } }));
    await done(arm, await arm("DELETE", vaultId(azure)));
    azure.restore("prepared");
    expect(azure.vault(vaultId(azure))).toEqual(prepared);
  }
  expect(() => azure.restore("never taken")).toThrow('There is no snapshot "never taken".');
});

test("another process takes, lists, restores and deletes snapshots", async () => {
  expect(await send(azure, "POST", "/emulator/snapshots/before%20it")).toMatchObject({
    status: 201,
    body: { name: "before it" },
  });
  await arm("PUT", vaultId(azure, "bv-later"), vault());
  expect((await send(azure, "POST", "/emulator/snapshots/before%20it/restore")).status).toBe(204);
  expect((await arm("GET", vaultId(azure, "bv-later"))).status).toBe(404);
  expect((await send(azure, "GET", "/emulator/snapshots")).body.value).toContainEqual({
    name: "before it",
    at: expect.any(String),
  });
  expect((await send(azure, "DELETE", "/emulator/snapshots/before%20it")).status).toBe(204);
  expect(await send(azure, "POST", "/emulator/snapshots/before%20it/restore")).toMatchObject({
    status: 404,
    body: { error: { code: "EmulatorSnapshotNotFound" } },
  });
});

test("a reset leaves snapshots", async () => {
  azure.snapshot();
  azure.reset();
  expect((await arm("GET", vaultId(azure))).body.error.code).toBe("ResourceGroupNotFound");
  azure.restore();
  expect((await arm("GET", vaultId(azure))).body.error?.code).not.toBe("ResourceGroupNotFound");
});
