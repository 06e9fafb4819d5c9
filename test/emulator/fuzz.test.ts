import { copyFileSync, readFileSync } from "node:fs";
import { Agent, request } from "node:https";
import { join } from "node:path";
import fc from "fast-check";
import { answerer } from "../../emulator/answer.js";
import { newAzure } from "../../emulator/azure.js";
import { certificates } from "../../emulator/certificates.js";
import { openDataFile } from "../../emulator/data/dataFile.js";
import { encode } from "../../emulator/data/encode.js";
import { signing } from "../../emulator/entra/signing.js";
import { handles } from "../../emulator/handles.js";
import { type Emulator, startEmulator } from "../../emulator/index.js";
import { settingsOf } from "../../emulator/options.js";
import { viewOf } from "../../emulator/page/view.js";
import { emptyWorld, type World } from "../../emulator/world.js";
import {
  type AnyRequest,
  type AnyStep,
  anyRequest,
  anyStep,
  groupId,
  identityIds,
  keyIds,
  keyUri,
  stores,
  vaultIds,
} from "./anyRequest.js";
import { type Arm, done, send, signIn } from "./client.js";
import { temporaryDirectory } from "./temporary.js";

const directory = temporaryDirectory();
/** For a longer search: EMULATOR_FUZZ_RUNS=100. */
const runs = Number(process.env.EMULATOR_FUZZ_RUNS ?? 1);
let files = 0;

const nameIn = (id: string) => id.slice(id.lastIndexOf("/") + 1);

type Principals = (identityId: string) => string;

/** In a grant, the identity's id stands for its principal. */
function sent({ body }: AnyRequest, principalOf: Principals): object | undefined {
  const properties = (body as { properties?: { principalId?: string } } | undefined)?.properties;
  if (properties?.principalId === undefined) return body;
  return { properties: { ...properties, principalId: principalOf(properties.principalId) } };
}

/** An Azure with a data file, without the wire: to look into its world. */
async function inProcess() {
  const file = join(directory, `fuzz-${files++}.data`);
  const keeping = openDataFile(file, emptyWorld());
  const azure = newAzure(settingsOf({}), keeping);
  const { answerInside } = answerer(azure, signing((await certificates()).key), () => {
    throw new Error("Nobody is told how to reach it.");
  });
  const { arm, vault, setKey, createResourceGroup, createUserAssignedIdentity, createKeyVault, createKey, grant } =
    handles(azure, answerInside, "https://localhost");
  const principalOf: Principals = (id) =>
    azure.world.userAssignedIdentities.get(id.toLowerCase())?.properties.principalId;
  createResourceGroup("rg-any");
  // Else most sequences would ask for what is not there yet.
  for (const id of identityIds) createUserAssignedIdentity("rg-any", nameIn(id));
  for (const store of stores) createKeyVault("rg-any", store);
  for (const id of keyIds) {
    createKey(id.split("/keys/")[0] as string, nameIn(id));
    for (const identityId of identityIds) grant(id, principalOf(identityId));
  }
  const view = () => viewOf(azure.world);

  function take(step: AnyStep): number {
    if (step.kind === "request") return arm(step.method, step.path, sent(step, principalOf)).status;
    if (step.kind === "snapshot") azure.snapshot(step.name);
    else if (step.kind === "restore") azure.restore(step.name);
    else if (
      arm("GET", `${groupId}/providers/Microsoft.KeyVault/vaults/${step.store}/keys/${step.key}`).status === 200
    ) {
      setKey(keyUri(step.store, step.key), step.enabled === undefined ? undefined : { enabled: step.enabled });
    }
    return 0;
  }
  return { azure, keeping, file, take, vault, view };
}

test("whatever clients do, Azure's invariants hold, and the data file holds the same world", async () => {
  const seen = new Set<number>();
  const happened = { locked: 0, encrypted: 0, failed: 0 };
  const property = fc.asyncProperty(fc.array(anyStep, { minLength: 1, maxLength: 120, size: "max" }), async (steps) => {
    const { azure, keeping, file, take, vault, view } = await inProcess();
    try {
      for (const [index, step] of steps.entries()) {
        const before = vaultIds.map(vault);
        // One whose creation has failed is created again by its next PUT: it holds nothing that a lock could keep.
        const locked = vaultIds
          .map((id) => azure.world.vaults.get(id.toLowerCase()))
          .map((record) => record?.neverProvisioned === false && stateOf(record.body).immutability === "Locked");
        const status = take(step);
        seen.add(status);
        if (status === 500) throw new Error(`500 for ${JSON.stringify(step)}`);
        const after = vaultIds.map(vault);
        const now = view();
        const removes = step.kind === "restore" || (step.kind === "request" && step.method === "DELETE");
        for (const [at, vaultBefore] of before.entries()) {
          const [then, since] = [stateOf(vaultBefore), stateOf(after[at])];
          if (locked[at] && !removes) expect(since.immutability).toBe("Locked");
          if (locked[at]) happened.locked += 1;
          if (since.provisioning === "Failed") happened.failed += 1;
          if (since.keyUri === undefined || since.state !== "Enabled") continue;
          const [store, , key] = since.keyUri.slice("https://".length).split("/") as [string, string, string];
          const held = now.keyStores
            .find(({ name }) => `${name}.vault.azure.net` === store)
            ?.keys.find(({ name }) => name === key);
          if (held !== undefined) expect(held.usedBy).toContain(after[at]?.name);
          // A key that comes new to a vault can be used by an identity now.
          const isSet = status < 300 && since.provisioning === "Succeeded" && isWriteOf(step, vaultIds[at]);
          if (!isSet || then.keyUri === since.keyUri) continue;
          happened.encrypted += 1;
          expect(held).toMatchObject({ enabled: true });
          expect(held?.users.some(({ may }) => may.length === 3)).toBe(true);
        }
        const ids = [...now.vaults, ...now.keyStores, ...now.resources].map(({ id }) => id.toLowerCase());
        const alive = now.vaults.filter(({ isDeleted }) => isDeleted).map(({ id }) => id.toLowerCase());
        expect(new Set(ids).size).toBeGreaterThanOrEqual(ids.length - alive.length - now.keyStores.length);
        if (index % 40 === 39) await azure.kept();
      }
      vaultIds.map(vault);
      expect(azure.world.running.size).toBe(0);
      await azure.kept();
      const copy = `${file}.copy`;
      copyFileSync(file, copy);
      const again = openDataFile(copy, emptyWorld());
      await again.close(false);
      // In the same order, too; member by member, for a whole world is no message to read.
      const members = Object.keys(azure.world) as (keyof World)[];
      expect(members.filter((name) => encode(again.world[name]) !== encode(azure.world[name]))).toEqual([]);
    } finally {
      azure.ports.close();
      await keeping.close(false);
    }
  });
  await fc.assert(property, { numRuns: 25 * runs });
  console.log(happened, seen);
  expect([...seen]).toEqual(expect.arrayContaining([200, 201, 202, 204, 400, 404]));
  for (const count of Object.values(happened)) expect(count).toBeGreaterThan(0);
});

function isWriteOf(step: AnyStep, id: string | undefined): boolean {
  return step.kind === "request" && (step.method === "PUT" || step.method === "PATCH") && step.path === id;
}

interface VaultState {
  immutability?: string;
  provisioning?: string;
  state?: string;
  keyUri?: string;
}

function stateOf(vault: ReturnType<Emulator["vault"]>): VaultState {
  const security = vault?.properties.securitySettings;
  return {
    immutability: security?.immutabilitySettings?.state,
    provisioning: vault?.properties.provisioningState,
    state: security?.encryptionSettings?.state,
    keyUri: security?.encryptionSettings?.keyVaultProperties?.keyUri,
  };
}

test("a thousand requests of eight clients at once leave a world that a restart restores", async () => {
  const property = fc.asyncProperty(fc.array(anyRequest, { minLength: 1000, maxLength: 1000 }), async (requests) => {
    const data = join(directory, `clients-${files++}.data`);
    const azure = await startEmulator({ data, operationMs: 3 });
    try {
      azure.createResourceGroup("rg-any");
      const begun: string[] = [];
      const statuses = await Promise.all(
        Array.from({ length: 8 }, async (_, client) => {
          const arm = await keptAlive(azure);
          const principals = new Map<string, string>();
          const answered: number[] = [];
          for (const step of requests.filter((_, at) => at % 8 === client)) {
            if (step.kind !== "request") continue;
            const { method, path } = step;
            const { status, headers, body } = await arm(
              method,
              path,
              sent(step, (id) => principals.get(id) ?? id),
            );
            if (body?.properties?.principalId && method === "PUT") principals.set(path, body.properties.principalId);
            if (headers["azure-asyncoperation"] !== undefined) begun.push(headers["azure-asyncoperation"]);
            if (status === 500) throw new Error(`500 for ${method} ${path}: ${JSON.stringify(body)}`);
            answered.push(status);
          }
          return answered;
        }),
      );
      expect(statuses.flat()).toHaveLength(1000);
      expect(new Set(statuses.flat()).size).toBeGreaterThan(4);

      const arm = await keptAlive(azure);
      expect(begun.length).toBeGreaterThan(50);
      for (const address of begun) {
        const headers = { "azure-asyncoperation": address };
        const ended = await done(arm, { status: 202, headers, body: undefined });
        // Those of a vault that is gone are gone with it.
        if (ended.status === 200) expect(["Succeeded", "Failed"]).toContain(ended.body.status);
        else expect(ended.status).toBe(404);
      }
      const before = await shown(azure);
      expect(before.running).toBe(0);

      // As it is on the disk now: nothing waits for the end.
      const copy = `${data}.copy`;
      copyFileSync(data, copy);
      const restored = await startEmulator({ data: copy });
      try {
        expect(await shown(restored)).toEqual(before);
      } finally {
        await restored.close();
      }
    } finally {
      await azure.close();
    }
  });
  // A thousand requests are not made smaller: the seed that fast-check prints brings them back.
  await fc.assert(property, { numRuns: runs, endOnFailure: true });
});

async function shown(azure: Emulator) {
  const { requests, clients, totals, ...rest } = (await send(azure, "GET", "/emulator/world")).body;
  return { ...rest, vaults: rest.vaults, resources: totals.resources };
}

/** A client as they are: one connection, one token. */
async function keptAlive(azure: Emulator): Promise<Arm> {
  const { access_token: token } = (await signIn(azure)).body;
  const agent = new Agent({ keepAlive: true, maxSockets: 1, ca: readFileSync(azure.caFile, "utf8") });
  return (method, target, body) =>
    new Promise((resolve, reject) => {
      const url = new URL(target, azure.url);
      if (!url.searchParams.has("api-version")) url.searchParams.set("api-version", versionFor(url.pathname));
      const headers = { authorization: `Bearer ${token}`, "Content-Type": "application/json" };
      const asked = request(url, { method, agent, headers }, async (response) => {
        const text = Buffer.concat(await response.toArray()).toString("utf8");
        const parsed = text === "" ? undefined : JSON.parse(text);
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers as Record<string, string>,
          body: parsed,
        });
      });
      asked.on("error", reject).end(body && JSON.stringify(body));
    });
}

function versionFor(path: string): string {
  const [, namespace = ""] = [...path.matchAll(/\/providers\/Microsoft\.([^/]+)/g)].at(-1) ?? [];
  const versions: Record<string, string> = {
    DataProtection: "2026-06-01",
    RecoveryServices: "2025-02-01",
    KeyVault: "2023-07-01",
    ManagedIdentity: "2023-01-31",
    Authorization: "2022-04-01",
  };
  return versions[namespace] ?? "2021-04-01";
}
