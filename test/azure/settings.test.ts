import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { SettingsError } from "../../provider/azure/http/errors.js";
import { resolveSettings } from "../../provider/azure/signIn/settings.js";
import { findSetting, stackSettings, unknownSettings } from "../../provider/azure/signIn/stackSettings.js";
import { adoptVariable } from "../../provider/lifecycle/run/vaults.js";
import { root } from "../../scripts/lib/root.mjs";

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

test("a setting says whether the stack or which variable it comes from", () => {
  const env = { ARM_METADATA_HOSTNAME: " ", ARM_METADATA_HOST: " host:1 " };
  const none = () => undefined;
  expect(findSetting("metadataHost", none, env)).toEqual({ value: "host:1", source: "ARM_METADATA_HOST" });
  expect(findSetting("metadataHost", () => "own", env)).toEqual({ value: "own", source: "azure-backup:metadataHost" });
  expect(findSetting("tenantId", none, env)).toBeUndefined();
});

test.each(["a.com b.com", "a.com,b.com", "a.com; b.com", '["a.com","b.com"]', '[ "a.com", "b.com" ]'])(
  "the tenants %j are two",
  (text) => {
    expect(resolve({}, { auxiliaryTenantIds: text }).auxiliaryTenantIds).toEqual(["a.com", "b.com"]);
  },
);

test.each(["not-a-tenant", "a.com,b.com,c.com,d.com", "/subscriptions/s"])("the tenants %j are refused", (text) => {
  expect(() => resolve({}, { auxiliaryTenantIds: text })).toThrow(
    "azure-backup:auxiliaryTenantIds (ARM_AUXILIARY_TENANT_IDS) must be up to 3 tenants",
  );
});

test("an unknown key of ours is named with the one that was meant, and other packages' keys are theirs", () => {
  const keys = ["azure-backup:tenantId", "azure-backup:subscripionId", "azure-native:nothing", "project:subscripionId"];
  expect(unknownSettings(keys)).toEqual([
    'The stack\'s configuration has the unknown key "azure-backup:subscripionId", which has no effect; ' +
      'did you mean "azure-backup:subscriptionId"?',
  ]);
  expect(unknownSettings(["azure-backup:location"])).toEqual([
    'The stack\'s configuration has the unknown key "azure-backup:location", which has no effect. ' +
      `Valid keys: ${Object.keys(stackSettings).join(", ")}.`,
  ]);
  expect(unknownSettings(["azure-backup:tenantid", "azure-backup:ClientId"])).toHaveLength(2);
  expect(unknownSettings(Object.keys(stackSettings).map((key) => `azure-backup:${key}`))).toEqual([]);
});

test("every key that the package reads stands in the table, with the variable that adopts", () => {
  const sources = ["provider", "guard", "cli", "review"].flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .map((name) => readFileSync(join(root, room, name), "utf8")),
  );
  const reads = /\b(?:setting|findSetting|setBy)\("(\w+)"|(?<![/.])\bazure-backup:(\w+)\b(?!-|:)/g;
  const named = sources.flatMap((text) => [...text.matchAll(reads)].map(([, read, key]) => read ?? key ?? ""));
  // What types are called: `pulumi-nodejs:dynamic/azure-backup:BackupVault`, and the plugin's.
  const keys = new Set(named.filter((name) => /^[a-z]/.test(name)));
  expect([...keys]).toEqual(expect.arrayContaining(["subscriptionId", "tenantId", "adopt", "metadataHost"]));
  expect([...keys].filter((key) => !Object.hasOwn(stackSettings, key))).toEqual([]);
  expect(stackSettings.adopt.variables).toEqual([adoptVariable]);
});

test("docs/configuration.md has the table as it is read", () => {
  const rows = Object.entries(stackSettings).map(([key, { variables, inAzureNative, isSecret, meaning }]) => {
    const native = inAzureNative ? `\`${key}\`` : "";
    const names = variables.map((name) => `\`${name}\``).join(", ");
    return `| \`${key}\` | ${names} | ${native} | ${isSecret ? "yes" : ""} | ${meaning} |`;
  });
  const page = readFileSync(join(root, "docs/configuration.md"), "utf8");
  expect(page.split("\n").filter((line) => line.startsWith("| `"))).toEqual(rows);
});
