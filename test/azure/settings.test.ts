import { SettingsError } from "../../provider/azure/http/errors.js";
import { resolveSettings } from "../../provider/azure/signIn/settings.js";

const subscriptionId = "5b5c0000-0000-4000-8000-0000000005b5";
const client = { ARM_TENANT_ID: "7e7a0000-0000-4000-8000-00000000e7a1", ARM_CLIENT_ID: "c11e" };
const resolve = (env: Record<string, string>, config: Record<string, string> = {}) =>
  resolveSettings((key) => config[key], env);

function problems(env: Record<string, string>, config: Record<string, string> = {}): readonly string[] {
  try {
    resolve(env, config);
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
  return [];
}

test("nothing set means DefaultAzureCredential in the public cloud", () => {
  expect(resolve({})).toEqual({
    environment: "public",
    disableInstanceDiscovery: false,
    auxiliaryTenantIds: [],
    signIn: "default",
  });
});

test.each([
  ["a client secret", { ARM_CLIENT_SECRET: "s" }, "clientSecret"],
  ["a certificate", { ARM_CLIENT_CERTIFICATE_PATH: "/c.pfx" }, "clientCertificate"],
  ["a certificate before a secret", { ARM_CLIENT_SECRET: "s", ARM_CLIENT_CERTIFICATE_PATH: "/c" }, "clientCertificate"],
  ["OpenID Connect", { ARM_USE_OIDC: "true", ARM_OIDC_TOKEN: "t" }, "oidc"],
  ["OpenID Connect before a secret", { ARM_USE_OIDC: "1", ARM_OIDC_TOKEN: "t", ARM_CLIENT_SECRET: "s" }, "oidc"],
  ["a managed identity", { ARM_USE_MSI: "true" }, "managedIdentity"],
])("%s is signed in with", (_, env, signIn) => {
  expect(resolve({ ...client, ...env }).signIn).toBe(signIn);
});

test("what GitHub sets for a job is enough for OpenID Connect", () => {
  const github = { ACTIONS_ID_TOKEN_REQUEST_URL: "https://github.test/t", ACTIONS_ID_TOKEN_REQUEST_TOKEN: "r" };
  expect(resolve({ ...client, ...github, ARM_USE_OIDC: "true" })).toMatchObject({
    oidcRequestUrl: "https://github.test/t",
    oidcRequestToken: "r",
  });
});

test("stack configuration goes before the environment, and an empty value counts as none", () => {
  const env = { ARM_SUBSCRIPTION_ID: subscriptionId, AZURE_TENANT_ID: "contoso.com" };
  expect(resolve({ ...env, ARM_SUBSCRIPTION_ID: " " }).subscriptionId).toBeUndefined();
  expect(resolve(env, { subscriptionId: subscriptionId.replace("5b5c", "aaaa") })).toMatchObject({
    subscriptionId: "aaaa0000-0000-4000-8000-0000000005b5",
    tenantId: "contoso.com",
  });
});

test.each(["usgovernment", "USGovernment", "AzureUSGovernment"])("%s is the cloud of the US government", (name) => {
  expect(resolve({ ARM_ENVIRONMENT: name }).environment).toBe("usgovernment");
});

test("everything that is wrong is said at once", () => {
  const found = problems({
    ARM_SUBSCRIPTION_ID: "my subscription",
    ARM_TENANT_ID: "no/tenant",
    ARM_CLIENT_SECRET: "s",
    ARM_ENVIRONMENT: "moon",
    ARM_DISABLE_INSTANCE_DISCOVERY: "perhaps",
  });
  expect(found).toEqual([
    "azure-backup:disableInstanceDiscovery (ARM_DISABLE_INSTANCE_DISCOVERY) must be true or false.",
    'azure-backup:environment (ARM_ENVIRONMENT) must be public, usgovernment or china, not "moon".',
    "azure-backup:subscriptionId (ARM_SUBSCRIPTION_ID) must be a GUID.",
    "azure-backup:tenantId (ARM_TENANT_ID) must be a GUID or a domain.",
    "Signing in with a client secret also needs azure-backup:clientId (ARM_CLIENT_ID).",
  ]);
});

test.each([
  ["a client without proof", { ...client }, "is set without a credential"],
  ["a secret without tenant", { ARM_CLIENT_ID: "c", ARM_CLIENT_SECRET: "s" }, "also needs azure-backup:tenantId"],
  ["OpenID Connect without token", { ...client, ARM_USE_OIDC: "true" }, "needs a token"],
  [
    "an OpenID Connect request over http",
    { ...client, ARM_USE_OIDC: "true", ARM_OIDC_REQUEST_URL: "http://x", ARM_OIDC_REQUEST_TOKEN: "r" },
    "must start with https://",
  ],
  ["a metadata host with a scheme", { ARM_METADATA_HOSTNAME: "https://localhost:1" }, "without https://"],
])("%s is a problem", (_, env, words) => {
  expect(problems(env)).toEqual([expect.stringContaining(words)]);
});

test("no secret stands in a problem", () => {
  const env = { ARM_CLIENT_SECRET: "hush", ARM_OIDC_TOKEN: "hush", ARM_CLIENT_CERTIFICATE_PASSWORD: "hush" };
  expect(problems(env).join()).not.toContain("hush");
  expect(problems(env)).toHaveLength(1);
});
