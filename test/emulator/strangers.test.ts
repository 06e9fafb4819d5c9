import { send, signIn, vault, vaultId } from "./client.js";
import { arm, azure, emulatorForAll } from "./emulatorForAll.js";

emulatorForAll();
beforeEach(async () => {
  azure.reset();
  azure.createResourceGroup("rg-payroll");
  await arm("PUT", vaultId(azure), vault());
});

const changes: [method: string, path: string, body?: object][] = [
  ["POST", "/emulator/reset"],
  ["POST", "/emulator/snapshots/mine"],
  ["POST", "/emulator/snapshots/kept/restore"],
  ["DELETE", "/emulator/snapshots/kept"],
  ["PATCH", "/emulator/settings", { operationMs: 60_000 }],
  ["POST", "/emulator/faults", { kind: "throttle" }],
  ["DELETE", "/emulator/faults"],
  ["DELETE", "/emulator/journal"],
];

const strangers: Record<string, () => Record<string, string>> = {
  "another origin": () => ({ Origin: "https://evil.example" }),
  "another port of this machine": () => ({ Origin: "https://127.0.0.1:1" }),
  "the same address without TLS": () => ({ Origin: azure.url.replace("https:", "http:") }),
  "no origin of its own": () => ({ Origin: "null" }),
  "another site": () => ({ "Sec-Fetch-Site": "cross-site" }),
  "another origin of the same site": () => ({ "Sec-Fetch-Site": "same-site" }),
};

/** All that a page could want to change. */
async function everything() {
  const [world, settings, faults, snapshots, journal] = await Promise.all(
    ["world", "settings", "faults", "snapshots", "journal"].map((name) => send(azure, "GET", `/emulator/${name}`)),
  );
  return { vaults: world?.body.vaults, settings, faults, snapshots, requests: journal?.body.value.length };
}

const bodies = (all: Awaited<ReturnType<typeof everything>>) =>
  Object.fromEntries(Object.entries(all).map(([name, value]) => [name, value?.body ?? value]));

test.each(Object.entries(strangers))("a page of %s changes nothing", async (_from, headers) => {
  azure.snapshot("kept");
  azure.faults.add({ kind: "delay", path: "/nowhere" });
  const before = bodies(await everything());
  expect(before.vaults).toHaveLength(1);
  for (const [method, path, body] of changes) {
    const answer = await send(azure, method, path, { body, headers: headers() });
    expect(answer).toMatchObject({ status: 403, body: { error: { code: "EmulatorOriginForbidden" } } });
  }
  expect(bodies(await everything())).toEqual(before);
});

test("a page of another origin neither signs in nor writes as one that has", async () => {
  const token = (await signIn(azure)).body.access_token;
  const headers = { Origin: "https://evil.example", Authorization: `Bearer ${token}` };
  const path = `${vaultId(azure)}?api-version=2026-06-01`;
  expect((await send(azure, "PATCH", path, { body: { tags: { a: "b" } }, headers })).status).toBe(403);
  expect(azure.vault(vaultId(azure))).not.toHaveProperty("tags");
  const form = { body: "grant_type=client_credentials", headers };
  expect((await send(azure, "POST", `/${azure.env.ARM_TENANT_ID}/oauth2/v2.0/token`, form)).status).toBe(403);
});

test("a page under another name that leads here changes nothing", async () => {
  for (const [method, path, body] of changes) {
    const headers = { Host: "rebound.example", Origin: "https://rebound.example" };
    expect((await send(azure, method, path, { body, headers })).status).toBe(421);
  }
  expect(azure.vault(vaultId(azure))).toBeDefined();
});

test("what a page of another origin sends uses up no fault", async () => {
  azure.faults.add({ kind: "throttle" });
  const headers = { Origin: "https://evil.example" };
  expect((await send(azure, "GET", vaultId(azure), { headers })).status).toBe(403);
  expect((await arm("GET", vaultId(azure))).status).toBe(429);
});

test("the emulator's own page and clients that are no browsers go on", async () => {
  const own = { Origin: azure.url, "Sec-Fetch-Site": "same-origin" };
  expect((await send(azure, "PATCH", "/emulator/settings", { body: { pageSize: 50 }, headers: own })).status).toBe(200);
  expect((await send(azure, "GET", "/emulator/world", { headers: own })).status).toBe(200);
  // An address that somebody typed, and a link in another page.
  for (const site of ["none", "cross-site"]) {
    expect((await send(azure, "GET", "/", { headers: { "Sec-Fetch-Site": site } })).status).toBe(200);
  }
  expect((await send(azure, "POST", "/emulator/reset")).status).toBe(204);
});
