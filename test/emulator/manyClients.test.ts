import { readFileSync } from "node:fs";
import { Agent, request } from "node:https";
import { join } from "node:path";
import fc from "fast-check";
import { type Emulator, startEmulator } from "../../emulator/index.js";
import { anyRequest, sent } from "./anyRequest.js";
import { type Arm, done, send, signIn } from "./client.js";
import { copyOf } from "./inProcess.js";
import { temporaryDirectory } from "./temporary.js";

const directory = temporaryDirectory();
/** For a longer search: EMULATOR_FUZZ_RUNS=100. */
const runs = Number(process.env.EMULATOR_FUZZ_RUNS ?? 1);
let files = 0;

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
      const restored = await startEmulator({ data: copyOf(data) });
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
