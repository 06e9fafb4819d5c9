import { ManagedIdentityCredential } from "@azure/identity";
import { type Emulator, startEmulator } from "../../emulator/index.js";
import { send } from "./client.js";

let azure: Emulator;
let identity: { id: string; properties: Record<string, string> };

beforeAll(async () => {
  azure = await startEmulator({ trust: true });
  azure.createResourceGroup("rg-payroll");
  identity = azure.createUserAssignedIdentity("rg-payroll", "id-payroll") as typeof identity;
});
afterAll(() => azure.close());

const resource = "resource=https://management.azure.com/";
const virtualMachine = (query: string, headers: Record<string, string> = { Metadata: "true" }) =>
  send(azure, "GET", `/metadata/identity/oauth2/token?api-version=2018-02-01&${query}`, { headers });
const claimsOf = (token: string) => JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());

test("a virtual machine gets a token of its own identity, or of one that it names", async () => {
  const { status, body } = await virtualMachine(resource);
  expect({ status, ...body }).toMatchObject({
    status: 200,
    client_id: azure.env.ARM_CLIENT_ID,
    token_type: "Bearer",
    expires_in: "3599",
    resource: "https://management.azure.com/",
  });
  const named = [
    `client_id=${identity.properties.clientId}`,
    `object_id=${identity.properties.principalId}`,
    `msi_res_id=${identity.id.toUpperCase()}`,
  ];
  for (const name of named) {
    const claims = claimsOf((await virtualMachine(`${resource}&${name}`)).body.access_token);
    expect(claims).toMatchObject({ oid: identity.properties.principalId, xms_mirid: identity.id });
  }
});

test.each([
  ["the header is missing", resource, {}, "Required metadata header not specified"],
  ["no resource is named", "", undefined, "Required query variable 'resource' is missing"],
  ["nobody knows the identity", `${resource}&client_id=x`, undefined, "Identity not found"],
])("a virtual machine gets no token when %s", async (_what, query, headers, error_description) => {
  expect(await virtualMachine(query, headers)).toMatchObject({ status: 400, body: { error_description } });
});

/** With some variables in the environment for a while, as Azure sets them for what runs there. */
async function inside<Result>(variables: Record<string, string>, work: () => Promise<Result>): Promise<Result> {
  const before = { ...process.env };
  Object.assign(process.env, variables);
  try {
    return await work();
  } finally {
    process.env = before;
  }
}

test("Microsoft's credential for managed identities gets a token as in App Service", async () => {
  const appService = { IDENTITY_ENDPOINT: `${azure.url}/msi/token`, IDENTITY_HEADER: azure.env.ARM_CLIENT_SECRET };
  await inside(appService, async () => {
    const { token } = await new ManagedIdentityCredential().getToken("https://management.azure.com/.default");
    const answer = await send(azure, "GET", "/subscriptions?api-version=2022-12-01", {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(answer.status).toBe(200);
    const named = new ManagedIdentityCredential({ clientId: identity.properties.clientId });
    const other = await named.getToken("https://vault.azure.net/.default");
    expect(claimsOf(other.token).oid).toBe(identity.properties.principalId);
  });
  const headers = { "X-IDENTITY-HEADER": "another" };
  expect((await send(azure, "GET", `/msi/token?${resource}`, { headers })).status).toBe(401);
});

test("Microsoft's credential for managed identities gets a token as on a virtual machine", async () => {
  await inside({ AZURE_POD_IDENTITY_AUTHORITY_HOST: azure.url }, async () => {
    const credential = new ManagedIdentityCredential({ resourceId: identity.id });
    const { token } = await credential.getToken("https://management.azure.com/.default");
    expect(claimsOf(token).xms_mirid).toBe(identity.id);
  });
});
