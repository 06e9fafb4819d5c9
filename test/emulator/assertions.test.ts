import { createHash, X509Certificate } from "node:crypto";
import fc from "fast-check";
import jwt from "jsonwebtoken";
import forge from "node-forge";
import { type Emulator, startEmulator } from "../../emulator/index.js";
import { certificates } from "../../emulator/server/certificates.js";
import { signIn } from "./client.js";
import { identityProvider, soon } from "./identityProvider.js";

let azure: Emulator;
let key: string;
let pem: string;

beforeAll(async () => {
  azure = await startEmulator();
  // Made for the emulator itself; any other key and certificate would do.
  ({ key, certificate: pem } = await certificates());
});
afterAll(() => azure.close());
beforeEach(() => azure.reset());

const github = identityProvider();
const type = { client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer" };
const withAssertion = (assertion: string, changes = {}) =>
  signIn(azure, { client_secret: "", ...type, client_assertion: assertion, ...changes });

/** As Microsoft's libraries make it, with some claims otherwise. */
const ours = (claims: object = {}, hash = "sha256", certificate = pem) => {
  const { ARM_CLIENT_ID: client, ARM_TENANT_ID: tenant } = azure.env;
  const thumbprint = createHash(hash).update(new X509Certificate(certificate).raw).digest("base64url");
  return jwt.sign(
    { iss: client, sub: client, aud: `${azure.url}/${tenant}/oauth2/v2.0/token`, exp: soon(), jti: "1", ...claims },
    key,
    {
      algorithm: hash === "sha1" ? "RS256" : "PS256",
      header: { alg: "PS256", [hash === "sha1" ? "x5t" : "x5t#S256"]: thumbprint },
    },
  );
};

test.each(["sha1", "sha256"])("a certificate signs in when it is registered, by its %s", async (hash) => {
  const before = await withAssertion(ours({}, hash));
  expect(before).toMatchObject({ status: 401, body: { error: "invalid_client", error_codes: [700027] } });
  expect(before.body.error_description).toContain("The key was not found.");
  azure.registerCertificate(pem);
  const { body } = await withAssertion(ours({}, hash));
  expect(jwt.decode(body.access_token)).toMatchObject({ appid: azure.env.ARM_CLIENT_ID, appidacr: "2" });
});

test("a certificate can be registered for good when the emulator starts", async () => {
  const other = await startEmulator({ clientCertificates: [pem] });
  try {
    other.reset();
    const answer = await signIn(other, { client_secret: "", ...type, client_assertion: ours() });
    expect(answer.status).toBe(200);
  } finally {
    await other.close();
  }
  await expect(startEmulator({ clientCertificates: ["cert.pem"] })).rejects.toThrow(
    "clientCertificates[0] is not a certificate in PEM format",
  );
});

test.each<[what: string, code: number, assertion: () => string]>([
  ["of a certificate that is not registered", 700027, () => ours({}, "sha384")],
  ["for another application", 700021, () => ours({ sub: "somebody" })],
  ["for another audience", 700023, () => ours({ aud: "https://example.org/token" })],
  ["for another tenant", 700023, () => ours({ aud: `${azure.url}/other/oauth2/v2.0/token` })],
  ["that has expired", 700024, () => ours({ exp: soon() - 120 })],
  ["that is not valid yet", 700024, () => ours({ nbf: soon() + 3600, exp: soon() + 7200 })],
  ["without an end", 700024, () => ours().replace(/\.[^.]+\./, `.${Buffer.from("{}").toString("base64url")}.`)],
  ["that is none", 50027, () => "an.assertion"],
])("an assertion %s is refused with AADSTS%i", async (_what, code, assertion) => {
  azure.registerCertificate(pem);
  const answer = await withAssertion(assertion());
  expect(answer).toMatchObject({ status: 401, body: { error: "invalid_client", error_codes: [code] } });
});

test("a certificate that has expired signs in nobody", async () => {
  const expired = forge.pki.createCertificate();
  expired.publicKey = forge.pki.certificateFromPem(pem).publicKey;
  expired.validity.notBefore = new Date("2020-01-01");
  expired.validity.notAfter = new Date("2021-01-01");
  // Nobody asks who signed the certificate itself: a small key signs fast.
  expired.sign(forge.pki.rsa.generateKeyPair(512).privateKey, forge.md.sha256.create());
  const text = forge.pki.certificateToPem(expired);
  azure.registerCertificate(text);
  const answer = await withAssertion(ours({}, "sha256", text));
  expect(answer).toMatchObject({ status: 401, body: { error_codes: [700027] } });
  expect(answer.body.error_description).toContain("The key used is expired.");
});

test("an assertion that its certificate did not sign is refused", async () => {
  azure.registerCertificate(pem);
  const [header, payload] = ours().split(".");
  const answer = await withAssertion(`${header}.${payload}.${github.token().split(".")[2]}`);
  expect(answer).toMatchObject({ status: 401, body: { error_codes: [700027] } });
});

test("nothing that pretends to be an assertion makes the emulator fail", async () => {
  azure.registerCertificate(pem);
  azure.trustFederated({ ...github, subject: "repo:acme/payroll:main" });
  const json = fc.oneof(fc.json(), fc.string(), fc.constant(JSON.stringify({ exp: soon(), iss: null, aud: [] })));
  const part = json.map((text) => Buffer.from(text).toString("base64url"));
  await fc.assert(
    fc.asyncProperty(fc.array(part, { maxLength: 4 }), async (parts) => {
      const { status, body } = await withAssertion(parts.join("."));
      expect([status, body.error]).toEqual([401, "invalid_client"]);
    }),
    { numRuns: 60 },
  );
});

test("whoever has not said whom to trust, trusts every identity provider until its token expires", async () => {
  expect((await withAssertion(github.token())).status).toBe(200);
  expect(await withAssertion(github.token({ exp: soon() - 120 }))).toMatchObject({ body: { error_codes: [700024] } });
});

test.each<[what: string, code: number, assertion: () => string]>([
  ["issuer", 700211, () => github.token({ iss: "https://gitlab.example" })],
  ["subject", 700213, () => github.token({ sub: "repo:acme/payroll:pull_request" })],
  ["audience", 700212, () => github.token({ aud: "https://github.com/acme" })],
  ["signature", 50013, () => identityProvider().token()],
])("a federated token of another %s is refused with AADSTS%i", async (_what, code, assertion) => {
  azure.trustFederated({ ...github, subject: "repo:acme/payroll:main" });
  expect((await withAssertion(github.token())).status).toBe(200);
  expect(await withAssertion(assertion())).toMatchObject({ status: 401, body: { error_codes: [code] } });
});

test("a user-assigned identity signs in by a federated token, and only where it trusts somebody", async () => {
  azure.createResourceGroup("rg-payroll");
  const { id, properties } = azure.createUserAssignedIdentity("rg-payroll", "id-payroll");
  const asIdentity = { client_id: properties.clientId };
  expect(await withAssertion(github.token(), asIdentity)).toMatchObject({ body: { error_codes: [700211] } });
  azure.trustFederated({ issuer: github.issuer, subject: "repo:acme/payroll:main" }, id);
  const { body } = await withAssertion(github.token(), asIdentity);
  expect(jwt.decode(body.access_token)).toMatchObject({ oid: properties.principalId, xms_mirid: id });
  expect(await signIn(azure, asIdentity)).toMatchObject({ status: 401, body: { error_codes: [7000215] } });
});
