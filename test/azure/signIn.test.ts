import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import forge from "node-forge";
import type { Emulator } from "../../emulator/index.js";
import { certificates } from "../../emulator/server/certificates.js";
import { connect } from "../../provider/azure/index.js";
import { closeEmulators, emulated, failureOf, idOf, previewDeadline } from "./emulated.js";
import { type ScriptedAzure, scriptedAzure } from "./scriptedAzure.js";

let emulator: Emulator;
let elsewhere: ScriptedAzure | undefined;

beforeEach(async () => {
  ({ emulator } = await emulated());
});
afterEach(async () => {
  await elsewhere?.close();
  elsewhere = undefined;
  await closeEmulators();
});

/** Reads a vault that is not there: the answer proves that the token was good. */
const tryWith = (changes: Record<string, string | undefined>) => {
  const { ARM_CLIENT_SECRET: _, ...client } = emulator.env;
  const azure = connect(() => undefined, { ...client, ...changes });
  return azure.backupVaults.get(idOf(emulator), previewDeadline());
};

const file = async (name: string, content: string | Buffer) => {
  const path = join(await mkdtemp(join(tmpdir(), "azure-backup-test-")), name);
  await writeFile(path, content);
  return path;
};

const jwt = (exp: number) =>
  ["{}", JSON.stringify({ exp }), ""].map((part) => Buffer.from(part).toString("base64url")).join(".");
const goodJwt = jwt(Math.floor(Date.now() / 1000) + 600);

test("a client secret", async () => {
  expect(await tryWith({ ARM_CLIENT_SECRET: emulator.env.ARM_CLIENT_SECRET })).toBeUndefined();
});

test("a certificate with its key as PEM", async () => {
  const { certificate, key } = await certificates();
  emulator.registerCertificate(certificate);
  const path = await file("client.pem", `${key}\n${certificate}`);
  expect(await tryWith({ ARM_CLIENT_CERTIFICATE_PATH: path })).toBeUndefined();
});

test("a certificate with its key as PKCS#12, as azurerm takes it", async () => {
  const path = await file("client.pfx", await pkcs12("open sesame"));
  emulator.registerCertificate((await certificates()).certificate);
  const env = { ARM_CLIENT_CERTIFICATE_PATH: path, ARM_CLIENT_CERTIFICATE_PASSWORD: "open sesame" };
  expect(await tryWith(env)).toBeUndefined();
});

test("a certificate with the wrong password says what to check", async () => {
  const path = await file("client.pfx", await pkcs12("open sesame"));
  const env = { ARM_CLIENT_CERTIFICATE_PATH: path, ARM_CLIENT_CERTIFICATE_PASSWORD: "open barley" };
  const failure = await failureOf(tryWith(env));
  expect(failure.name).toBe("CredentialError");
  expect(failure.message).toContain("clientCertificatePassword");
  expect(failure.message).not.toContain("barley");
});

test("a certificate file that does not exist", async () => {
  const failure = await failureOf(tryWith({ ARM_CLIENT_CERTIFICATE_PATH: "/nowhere.pem" }));
  expect(failure.message).toContain("The client certificate /nowhere.pem cannot be read: ENOENT.");
});

test("OpenID Connect with a token", async () => {
  expect(await tryWith({ ARM_USE_OIDC: "true", ARM_OIDC_TOKEN: goodJwt })).toBeUndefined();
});

test("OpenID Connect with a token in a file", async () => {
  const path = await file("token", `${goodJwt}\n`);
  expect(await tryWith({ ARM_USE_OIDC: "true", ARM_OIDC_TOKEN_FILE_PATH: path })).toBeUndefined();
});

test("OpenID Connect with a file that does not exist", async () => {
  const failure = await failureOf(tryWith({ ARM_USE_OIDC: "true", ARM_OIDC_TOKEN_FILE_PATH: "/nowhere" }));
  expect(failure.message).toContain("The file /nowhere (oidcTokenFilePath) cannot be read: ENOENT.");
});

test("OpenID Connect with a token that GitHub gives", async () => {
  elsewhere = await scriptedAzure(() => ({ body: { value: goodJwt } }));
  const env = {
    ARM_USE_OIDC: "true",
    ACTIONS_ID_TOKEN_REQUEST_URL: `${elsewhere.url}/token?api-version=2`,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: "request-token",
  };
  expect(await tryWith(env)).toBeUndefined();
  expect(elsewhere.calls()).toEqual(["GET /token?api-version=2&audience=api%3A%2F%2FAzureADTokenExchange"]);
  expect(elsewhere.seen[0]?.headers.authorization).toBe("Bearer request-token");
});

test("GitHub gives no token", async () => {
  elsewhere = await scriptedAzure(() => ({ status: 403, body: {} }));
  const env = {
    ARM_USE_OIDC: "true",
    ARM_OIDC_REQUEST_URL: elsewhere.url,
    ARM_OIDC_REQUEST_TOKEN: "request-token",
  };
  const failure = await failureOf(tryWith(env));
  expect(failure.message).toContain("id-token: write");
  expect(inspect(failure, { depth: 9 })).not.toContain("request-token");
});

test("a managed identity at the endpoint of one's choice", async () => {
  const { ARM_CLIENT_SECRET: secret = "", ARM_CLIENT_ID: client = "", ARM_TENANT_ID: tenant } = emulator.env;
  elsewhere = await scriptedAzure(async ({ url }, base) => {
    const resource = new URL(url, base).searchParams.get("resource") ?? "";
    const form = { grant_type: "client_credentials", client_id: client, client_secret: secret, resource };
    const body = new URLSearchParams(form);
    const answer = await fetch(`${emulator.url}/${tenant}/oauth2/token`, { method: "POST", body });
    return { body: await answer.json() };
  });
  const env = { ARM_USE_MSI: "true", ARM_MSI_ENDPOINT: `${elsewhere.url}/metadata-of-this-machine` };
  expect(await tryWith(env)).toBeUndefined();
  expect(elsewhere.seen[0]?.headers.metadata).toBe("true");
  expect(elsewhere.seen[0]?.url).toContain(`client_id=${client}`);
});

test("what Azure's own libraries read from the environment", async () => {
  const { ARM_CLIENT_ID, ARM_TENANT_ID, ARM_CLIENT_SECRET } = emulator.env;
  const own = {
    AZURE_CLIENT_ID: ARM_CLIENT_ID,
    AZURE_TENANT_ID: ARM_TENANT_ID,
    AZURE_CLIENT_SECRET: ARM_CLIENT_SECRET,
  };
  const before = { ...process.env };
  Object.assign(process.env, own);
  try {
    expect(await tryWith({ ARM_CLIENT_ID: undefined, ARM_TENANT_ID: undefined, ...own })).toBeUndefined();
  } finally {
    for (const name of Object.keys(own)) delete process.env[name];
    Object.assign(process.env, before);
  }
});

test("nothing to sign in with says what would be", async () => {
  const failure = await failureOf(tryWith({ ARM_CLIENT_ID: undefined, ARM_TENANT_ID: undefined }));
  expect(failure.name).toBe("CredentialError");
  expect(failure.message).toMatch(
    /^Could not sign in to Azure with DefaultAzureCredential: it found no credentials\. Sign in with `az login`, or set ARM_TENANT_ID/,
  );
});

test("a wrong secret is told with Entra's code and what to do, and without the secret", async () => {
  const failure = await failureOf(tryWith({ ARM_CLIENT_SECRET: "wrong~secret~value" }));
  expect(failure).toMatchObject({ name: "CredentialError", code: "AADSTS7000215", accepted: false, stack: "" });
  expect(failure.message).toBe(
    `Could not sign in to Azure with a client secret (client ${emulator.env.ARM_CLIENT_ID}, tenant ${emulator.env.ARM_TENANT_ID}): ` +
      "AADSTS7000215: Invalid client secret provided. Set clientSecret (ARM_CLIENT_SECRET) to the secret's value, not to its ID.",
  );
  expect(inspect(failure, { depth: 9, showHidden: true })).not.toContain("wrong~secret~value");
});

test("an expired OpenID Connect token is told without the token", async () => {
  const failure = await failureOf(tryWith({ ARM_USE_OIDC: "true", ARM_OIDC_TOKEN: jwt(1) }));
  expect(failure.code).toBe("AADSTS700024");
  expect(inspect(failure, { depth: 9, showHidden: true })).not.toContain(jwt(1));
});

test("a sign-in that Entra does not answer usably says where to look", async () => {
  emulator.faults.add({ kind: "status", status: 400, path: "/oauth2/v2.0/token", times: "always" });
  const failure = await failureOf(tryWith({ ARM_CLIENT_SECRET: emulator.env.ARM_CLIENT_SECRET }));
  expect(failure.name).toBe("CredentialError");
  expect(failure.message).toContain("gave no usable response. Check the network and the proxy");
});

test("an unknown tenant and an unknown client", async () => {
  const { ARM_CLIENT_SECRET } = emulator.env;
  const other = "00000000-0000-4000-8000-000000000000";
  expect((await failureOf(tryWith({ ARM_CLIENT_SECRET, ARM_TENANT_ID: other }))).code).toBe("AADSTS90002");
  expect((await failureOf(tryWith({ ARM_CLIENT_SECRET, ARM_CLIENT_ID: other }))).code).toBe("AADSTS700016");
});

test("many requests at once ask for one token", async () => {
  const { ARM_CLIENT_SECRET } = emulator.env;
  await Promise.all(Array.from({ length: 20 }, () => tryWith({ ARM_CLIENT_SECRET })));
  expect(emulator.journal().filter(({ path }) => path.includes("/token"))).toHaveLength(1);
  expect(emulator.journal().filter(({ path }) => path.startsWith("/metadata/"))).toHaveLength(1);
});

test("who cannot sign in asks Entra once, not once for each vault", async () => {
  for (let each = 0; each < 5; each += 1) await failureOf(tryWith({ ARM_CLIENT_SECRET: "wrong" }));
  expect(emulator.journal().filter(({ path }) => path.includes("/token"))).toHaveLength(1);
});

test("a metadata host that nobody listens on is told at once", async () => {
  const failure = await failureOf(tryWith({ ARM_CLIENT_SECRET: "s", ARM_METADATA_HOSTNAME: "localhost:9" }));
  expect(failure).toMatchObject({ name: "ConnectionError", code: "ECONNREFUSED", accepted: false });
  expect(failure.message).toMatch(/^No response from https:\/\/localhost:9 to GET metadata\/endpoints: ECONNREFUSED/);
});

test("a metadata host is asked again after a failure", async () => {
  emulator.faults.add({ kind: "status", status: 403, path: "/metadata/" });
  const { ARM_CLIENT_SECRET } = emulator.env;
  expect((await failureOf(tryWith({ ARM_CLIENT_SECRET }))).message).toContain("does not describe an Azure cloud");
  expect(await tryWith({ ARM_CLIENT_SECRET })).toBeUndefined();
});

async function pkcs12(password: string): Promise<Buffer> {
  const { certificate, key } = await certificates();
  const asn1 = forge.pkcs12.toPkcs12Asn1(
    forge.pki.privateKeyFromPem(key),
    forge.pki.certificateFromPem(certificate),
    password,
    { algorithm: "aes256" },
  );
  return Buffer.from(forge.asn1.toDer(asn1).getBytes(), "binary");
}
