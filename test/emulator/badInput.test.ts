import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { connect as connectPlain } from "node:net";
import { networkInterfaces } from "node:os";
import { connect } from "node:tls";
import { type Emulator, startEmulator } from "../../emulator/index.js";
import { type Answered, type Arm, armClient, group, send, signIn, vault, vaultId } from "./client.js";

let azure: Emulator;
let arm: Arm;
let token: string;

beforeAll(async () => {
  azure = await startEmulator();
  azure.createResourceGroup("rg-payroll");
  arm = await armClient(azure);
  token = (await signIn(azure)).body.access_token;
});
afterAll(() => azure.close());

/** All but the requests themselves. */
async function world(): Promise<unknown> {
  const { requests, totals, ...rest } = (await send(azure, "GET", "/emulator/world")).body;
  return { ...rest, resources: totals.resources };
}

/** Holds that nothing is stored, and that the emulator answers the next one. */
async function unmoved<Result>(doing: () => Promise<Result>): Promise<Result> {
  const before = await world();
  const result = await doing();
  expect(await world()).toEqual(before);
  expect((await arm("GET", group(azure))).status).toBe(200);
  return result;
}

/** What comes back for bytes that no HTTP client would send. */
function raw(bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const ca = readFileSync(azure.caFile);
    const socket = connect({ port: Number(new URL(azure.url).port), host: "127.0.0.1", ca, servername: "localhost" });
    let received = "";
    socket.setEncoding("utf8").on("data", (part) => (received += part));
    socket.on("close", () => resolve(received)).on("error", reject);
    socket.end(bytes);
  });
}

const head = (request: string, more = "") =>
  `${request} HTTP/1.1\r\nHost: ${new URL(azure.url).host}\r\nAuthorization: Bearer ${token}\r\n${more}\r\n`;

const put =
  (body: unknown, headers: Record<string, string> = {}) =>
  () =>
    arm("PUT", vaultId(azure), body, headers);
const text = { "Content-Type": "text/plain" };

test.each<[what: string, ask: () => Promise<Answered>, status: number, code: string]>([
  ["malformed JSON", put('{"location":'), 400, "InvalidRequestContent"],
  ["JSON that is no object", put("[]"), 400, "InvalidRequestContent"],
  ["an empty body", put(""), 400, "InvalidRequestContent"],
  ["JSON of a thousand levels", put(`${'{"a":'.repeat(1000)}1${"}".repeat(1000)}`), 400, "InvalidRequestContent"],
  ["4 MB of brackets", put("[".repeat(4_000_000)), 400, "InvalidRequestContent"],
  ["another content type", put(JSON.stringify(vault()), text), 415, "UnsupportedMediaType"],
  ["a body of 10 MB", put(`{"location":"${"x".repeat(10_000_000)}"}`), 413, "RequestContentTooLarge"],
  [
    "an unknown api-version",
    () => arm("PUT", `${vaultId(azure)}?api-version=1999-01-01`, vault()),
    400,
    "NoRegisteredProviderFound",
  ],
  ["no api-version", () => arm("PUT", `${vaultId(azure)}?api-version=`, vault()), 400, "MissingApiVersionParameter"],
  [
    "a name that leads out",
    () => arm("PUT", vaultId(azure, "..%2F..%2Fother"), vault()),
    400,
    "EmulatorUnverifiedResourceNameInvalid",
  ],
  [
    "a name with a zero byte",
    () => arm("PUT", `${group(azure)}%00`, { location: "westeurope" }),
    400,
    "EmulatorUnverifiedResourceNameInvalid",
  ],
  [
    "a name that is no text",
    () => arm("PUT", `${group(azure)}%ff`, { location: "westeurope" }),
    400,
    "EmulatorUnverifiedResourceNameInvalid",
  ],
  ["an unknown route", () => arm("PUT", `${vaultId(azure)}/unheardOf/x`, {}), 501, "EmulatorNotImplemented"],
])("%s is refused as Azure does, and stores nothing", async (_, ask, status, code) => {
  expect(await unmoved(ask)).toMatchObject({ status, body: { error: { code, message: expect.any(String) } } });
});

test("an unknown route is named", async () => {
  const { body } = await arm("DELETE", "/subscriptions/x/unheardOf");
  expect(body.error.message).toContain("DELETE /subscriptions/x/unheardOf");
});

test("members with names of JavaScript's own are data, or nothing", async () => {
  const properties = `"properties":{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}`;
  await unmoved(async () =>
    expect((await put(`{"__proto__":{"location":"westeurope"},${properties}}`)()).status).toBe(400),
  );
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

test("only a token for Resource Manager, signed by this emulator and in time, lets in", async () => {
  const forHsm = (await signIn(azure, { scope: "https://managedhsm.azure.net/.default" })).body.access_token;
  const [header = "", claims = ""] = token.split(".");
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const jwks = (await send(azure, "GET", `/${azure.env.ARM_TENANT_ID}/discovery/v2.0/keys`)).body;
  const unsigned = `${part({ alg: "HS256", typ: "JWT" })}.${claims}`;
  const byPublicKey = createHmac("sha256", JSON.stringify(jwks.keys[0])).update(unsigned).digest("base64url");
  const tokens: [token: string, code: string][] = [
    [forHsm, "InvalidAuthenticationTokenAudience"],
    [`${part({ alg: "none" })}.${claims}.`, "InvalidAuthenticationToken"],
    [`${unsigned}.${byPublicKey}`, "InvalidAuthenticationToken"],
    [`${header}.${claims}.${"A".repeat(342)}`, "InvalidAuthenticationToken"],
    ["not a token", "InvalidAuthenticationToken"],
    ["", "AuthenticationFailed"],
  ];
  for (const [given, code] of tokens) {
    const headers = { authorization: `Bearer ${given}` };
    const refused = await unmoved(() => arm("PUT", vaultId(azure), vault(), headers));
    expect(refused).toMatchObject({ status: 401, body: { error: { code } } });
    expect(refused.headers["www-authenticate"]).toMatch(/^Bearer /);
  }
});

test("a path with dots is not walked", async () => {
  const path = `${group(azure)}/../../../emulator/reset`;
  const received = await unmoved(() =>
    raw(head(`POST ${path}?api-version=2021-04-01`, "Content-Length: 0\r\nConnection: close\r\n")),
  );
  expect(received).toMatch(/^HTTP\/1\.1 (400|501) /);
});

test("a flood of headers is refused", async () => {
  const flood = Array.from({ length: 400 }, (_, n) => `X-Flood-${n}: ${"x".repeat(100)}\r\n`).join("");
  const received = await unmoved(() => raw(head(`GET ${group(azure)}`, flood)));
  expect(received).toMatch(/^HTTP\/1\.1 431 .*"code":"RequestHeadersTooLarge"/s);
});

test("garbage after a request is refused", async () => {
  const good = head(`GET ${group(azure)}?api-version=2021-04-01`);
  const received = await unmoved(() => raw(`${good}${good}\u0000\u0001 this is no HTTP\r\n\r\n`));
  expect(received).toMatch(/HTTP\/1\.1 400 Bad Request.*"code":"BadRequest"/s);
});

test("a body that ends too early is no request", async () => {
  const cut = head(
    `PUT ${vaultId(azure)}?api-version=2026-06-01`,
    "Content-Type: application/json\r\nContent-Length: 500\r\n",
  );
  await unmoved(() => raw(`${cut}${JSON.stringify(vault())}`).catch(() => {}));
});

test("it is reached on loopback only", async () => {
  const keyVault = azure.createKeyVault("rg-payroll", "kv-loopback");
  const { body } = await arm("GET", `${keyVault.id}?api-version=2023-07-01`);
  const keyVaultPort = new URL(body.properties.vaultUri).port;
  const others = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  const reached = others
    .filter(({ internal }) => !internal)
    .flatMap(({ address }) => [new URL(azure.url).port, keyVaultPort].map((port) => isReached(address, Number(port))));
  expect(await Promise.all(reached)).not.toContain(true);
  expect(await isReached("127.0.0.1", Number(keyVaultPort))).toBe(true);
});

function isReached(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connectPlain({ host, port, timeout: 2000 });
    const end = (reached: boolean) => {
      socket.destroy();
      resolve(reached);
    };
    socket
      .on("connect", () => end(true))
      .on("error", () => end(false))
      .on("timeout", () => end(false));
  });
}
