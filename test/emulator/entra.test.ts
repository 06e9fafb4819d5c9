import { type Emulator, startEmulator } from "../../emulator/index.js";
import { group, send, signIn } from "./client.js";

let azure: Emulator;

beforeAll(async () => {
  azure = await startEmulator();
  azure.createResourceGroup("rg-payroll");
});
afterAll(() => azure.close());

const read = (token: string | undefined) =>
  send(azure, "GET", `${group(azure)}?api-version=2021-04-01`, {
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
  });

test("a client secret gives a token that Resource Manager takes", async () => {
  const { status, body } = await signIn(azure);
  expect({ status, ...body }).toEqual({
    status: 200,
    token_type: "Bearer",
    expires_in: 3599,
    ext_expires_in: 3599,
    access_token: expect.any(String),
  });
  const claims = JSON.parse(Buffer.from(body.access_token.split(".")[1], "base64url").toString());
  expect(claims).toMatchObject({
    aud: azure.url,
    iss: `https://sts.windows.net/${azure.env.ARM_TENANT_ID}/`,
    tid: azure.env.ARM_TENANT_ID,
    oid: expect.any(String),
    appid: azure.env.ARM_CLIENT_ID,
    appidacr: "1",
    ver: "1.0",
  });
  expect(claims.exp - claims.iat).toBe(3599);
  expect((await read(body.access_token)).status).toBe(200);
});

test("version 1 of the token endpoint names the resource instead of a scope", async () => {
  const form = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: azure.env.ARM_CLIENT_ID,
    client_secret: azure.env.ARM_CLIENT_SECRET,
    resource: "https://management.azure.com/",
  });
  const headers = { "Content-Type": "application/x-www-form-urlencoded" };
  const { body } = await send(azure, "POST", `/${azure.env.ARM_TENANT_ID}/oauth2/token`, {
    body: String(form),
    headers,
  });
  expect(body).toMatchObject({ expires_in: "3599", resource: "https://management.azure.com/" });
  expect((await read(body.access_token)).status).toBe(200);
});

test("a wrong secret is refused as Entra does, and is not repeated", async () => {
  const { status, body } = await signIn(azure, { client_secret: "not-this-one" });
  expect({ status, error: body.error, codes: body.error_codes }).toEqual({
    status: 401,
    error: "invalid_client",
    codes: [7000215],
  });
  expect(body.error_description).toMatch(/^AADSTS7000215: Invalid client secret provided\./);
  expect(JSON.stringify([body, azure.journal()])).not.toContain("not-this-one");
});

test.each([
  ["an unknown application", { client_id: "00000000-0000-4000-8000-000000000000" }, 400, 700016],
  ["no secret at all", { client_secret: "" }, 401, 7000218],
  ["a scope that is none", { scope: "https://management.azure.com/user_impersonation" }, 400, 1002012],
  ["a resource that nobody registered", { scope: "https://example.org/.default" }, 400, 500011],
  ["another grant", { grant_type: "password" }, 400, 70003],
  ["no grant", { grant_type: "" }, 400, 900144],
  ["no scope", { scope: "" }, 400, 900144],
  ["no application", { client_id: "" }, 400, 900144],
  ["an assertion of no type", { client_assertion: "a.b.c" }, 400, 900144],
])("%s is refused with Entra's code", async (_what, changes, status, code) => {
  expect(await signIn(azure, changes)).toMatchObject({ status, body: { error_codes: [code] } });
});

test("a client may name itself in the header instead", async () => {
  const basic = Buffer.from(`${azure.env.ARM_CLIENT_ID}:${encodeURIComponent(azure.env.ARM_CLIENT_SECRET)}`);
  const form = new URLSearchParams({ grant_type: "client_credentials", scope: `${azure.url}/.default` });
  const answer = await send(azure, "POST", `/${azure.env.ARM_TENANT_ID}/oauth2/v2.0/token`, {
    body: String(form),
    headers: {
      "Content-Type": "application/x-www-form-urlencoded",
      authorization: `Basic ${basic.toString("base64")}`,
    },
  });
  expect(answer.status).toBe(200);
});

test("another tenant is not found", async () => {
  const form = "grant_type=client_credentials&scope=x/.default";
  const headers = { "Content-Type": "application/x-www-form-urlencoded" };
  expect(await send(azure, "POST", "/contoso.example/oauth2/v2.0/token", { body: form, headers })).toMatchObject({
    status: 400,
    body: { error: "invalid_request", error_codes: [90002] },
  });
});

test("Resource Manager refuses a missing, a forged and a foreign token", async () => {
  const missing = await read(undefined);
  expect(missing).toMatchObject({ status: 401, body: { error: { code: "AuthenticationFailed" } } });
  expect(missing.headers["www-authenticate"]).toContain(`${azure.url}/${azure.env.ARM_TENANT_ID}`);
  expect(await read("a.b.c")).toMatchObject({ status: 401, body: { error: { code: "InvalidAuthenticationToken" } } });
  const { body } = await signIn(azure, { scope: "https://vault.azure.net/.default" });
  expect(await read(body.access_token)).toMatchObject({
    status: 401,
    body: { error: { code: "InvalidAuthenticationTokenAudience" } },
  });
});

test("a token expires", async () => {
  const short = await startEmulator({ tokenSeconds: -1 });
  try {
    const { body } = await signIn(short);
    const headers = { authorization: `Bearer ${body.access_token}` };
    const answer = await send(short, "GET", "/subscriptions?api-version=2022-12-01", { headers });
    expect(answer).toMatchObject({ status: 401, body: { error: { code: "ExpiredAuthenticationToken" } } });
    expect(answer.headers["www-authenticate"]).toContain("invalid_token");
  } finally {
    await short.close();
  }
});

test("the cloud describes itself in the shapes that clients ask for", async () => {
  const now = await send(azure, "GET", "/metadata/endpoints?api-version=2022-09-01");
  expect(now.body).toMatchObject({
    name: "AzureCloud",
    resourceManager: azure.url,
    authentication: { loginEndpoint: azure.url, tenant: "common" },
    suffixes: { keyVaultDns: "vault.azure.net" },
  });
  expect((await send(azure, "GET", "/metadata/endpoints?api-version=2019-05-01")).body).toHaveLength(1);
  const stack = await send(azure, "GET", "/metadata/endpoints?api-version=2015-01-01");
  expect(stack.body.authentication.loginEndpoint).toBe(`${azure.url}/`);
});

test("the authority can be discovered", async () => {
  const tenant = azure.env.ARM_TENANT_ID;
  const { body } = await send(azure, "GET", `/${tenant}/v2.0/.well-known/openid-configuration`);
  expect(body.token_endpoint).toBe(`${azure.url}/${tenant}/oauth2/v2.0/token`);
  expect((await send(azure, "GET", new URL(body.jwks_uri).pathname)).body.keys[0]).toMatchObject({
    kty: "RSA",
    use: "sig",
  });
  const instance = await send(azure, "GET", "/common/discovery/instance?api-version=1.1");
  expect(instance.body.metadata[0].aliases).toEqual([new URL(azure.url).host]);
  const foreign = "https://login.example.org/common/oauth2/v2.0/authorize";
  expect(
    await send(azure, "GET", `/common/discovery/instance?api-version=1.1&authorization_endpoint=${foreign}`),
  ).toMatchObject({ status: 400, body: { error: "invalid_instance", error_codes: [50049] } });
});
