import type { Context } from "../../provider/host/context.js";
import { beginRun } from "../../provider/host/run.js";
import { serve } from "../../provider/host/serve.js";
import { backupVault } from "../../provider/lifecycle/vault/lifecycle.js";

const subscriptionId = "11111111-2222-3333-4444-555555555555";
const identityId = `/subscriptions/${subscriptionId}/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-backup`;

const identity = { type: "UserAssigned", userAssignedIdentities: [identityId] };

const valid = {
  vaultName: "bv-payroll",
  resourceGroupName: "rg-payroll",
  subscriptionId,
  location: "westeurope",
  redundancy: "GeoRedundant",
};

/** Whatever is refused here is refused before Azure is asked for anything: there is none. */
const offline: Context = {
  warn: async () => {},
  setting: () => undefined,
  run: beginRun(),
  env: {},
  azure() {
    throw new Error("There is no Azure here.");
  },
};

async function check(news: Record<string, unknown>) {
  const { inputs, failures } = await serve(backupVault, { ...offline, run: beginRun() }).check(
    {},
    { ...news, __provider: "x" },
  );
  return { inputs, failures: failures.map(({ reason }) => reason) };
}

test.each<[string, Record<string, unknown>, string]>([
  [
    "a wrong enum value",
    { redundancy: "GeoRedundent" },
    'redundancy must be LocallyRedundant, ZoneRedundant or GeoRedundant; it is "GeoRedundent"; did you mean "GeoRedundant"?',
  ],
  ["a retention of 13 days", { softDelete: { state: "On", retentionDurationInDays: 13 } }, "retention-out-of-range"],
  ["a retention of 181 days", { softDelete: { state: "On", retentionDurationInDays: 181 } }, "retention-out-of-range"],
  [
    "a retention of 14.5 days",
    { softDelete: { retentionDurationInDays: 14.5 } },
    "softDelete.retentionDurationInDays must be a whole number of days; it is 14.5.",
  ],
  ["a vault name of one character", { vaultName: "a" }, "vault-name-invalid"],
  ["a vault name of 51 characters", { vaultName: `a${"b".repeat(50)}` }, "vault-name-invalid"],
  ["a vault name with an underscore", { vaultName: "bv_payroll" }, "vault-name-invalid"],
  [
    "a vault name that starts with a digit",
    { vaultName: "1payroll" },
    'Backup vault "1payroll": vaultName must start with a letter and end with a letter or digit; it is "1payroll".',
  ],
  [
    "a vault name that ends with a hyphen",
    { vaultName: "payroll-" },
    'Backup vault "payroll-": vaultName must start with a letter and end with a letter or digit; it is "payroll-".',
  ],
  ["a subscription that is no GUID", { subscriptionId: "payroll" }, "subscriptionId must be a GUID"],
  [
    "a resource group with a slash",
    { resourceGroupName: "rg/payroll" },
    "resourceGroupName must be a resource group name",
  ],
  [
    "an identity that is no ARM id",
    { identity: { type: "UserAssigned", userAssignedIdentities: ["id-backup"] } },
    "identity.userAssignedIdentities[0] must be an ARM ID",
  ],
  [
    "a user-assigned identity without an id",
    { identity: { type: "UserAssigned" } },
    "identity.userAssignedIdentities must list an identity, because type is UserAssigned.",
  ],
  [
    "an id beside a system-assigned identity",
    { identity: { type: "SystemAssigned", userAssignedIdentities: [identityId] } },
    "identity.userAssignedIdentities must be omitted, because type is SystemAssigned.",
  ],
  [
    "a key over http",
    { identity, encryption: { keyUri: "http://kv.vault.azure.net/keys/backup", identity: identityId } },
    "encryption.keyUri must be the HTTPS URI of a key",
  ],
  [
    "a key with a slash at the end",
    { identity, encryption: { keyUri: "https://kv.vault.azure.net/keys/backup/", identity: identityId } },
    "encryption.keyUri must be the HTTPS URI of a key",
  ],
  [
    "a key with a port",
    { identity, encryption: { keyUri: "https://kv.vault.azure.net:8443/keys/backup", identity: identityId } },
    "encryption.keyUri must be the HTTPS URI of a key",
  ],
  [
    "a secret instead of a key",
    { identity, encryption: { keyUri: "https://kv.vault.azure.net/secrets/backup", identity: identityId } },
    "encryption.keyUri must be the HTTPS URI of a key",
  ],
  [
    "a key without an identity",
    { identity, encryption: { keyUri: "https://kv.vault.azure.net/keys/backup" } },
    "encryption.identity is missing",
  ],
  [
    "an unknown argument",
    { redundency: "GeoRedundant" },
    'unknown argument "redundency"; did you mean "redundancy"? Valid arguments: vaultName, ',
  ],
  [
    "an unknown argument inside another",
    { softDelete: { days: 14 } },
    'unknown argument "softDelete.days". Valid arguments: state, retentionDurationInDays.',
  ],
  ["a tag that is no text", { tags: { owner: 7 } }, "tags.owner must be a string; it is the number 7."],
  ["a duration without a unit", { timeouts: { create: "30" } }, 'timeouts.create must be a duration such as "30m"'],
  ["accepting a rule of Microsoft's", { accept: ["immutability-locked"] }, "accept[0] must be"],
])("%s is refused with its path and what would be right", async (_, news, sentence) => {
  const { failures } = await check({ ...valid, ...news });
  expect(failures).toEqual([expect.stringContaining(sentence)]);
});

test.each<[string, Record<string, unknown>, string]>([
  [
    "a number in quotes",
    { softDelete: { retentionDurationInDays: "30" } },
    'the string "30". To read it from the configuration, use `config.getNumber`.',
  ],
  [
    "a boolean in quotes",
    { adopt: "true" },
    'the string "true". To read it from the configuration, use `config.getBoolean`.',
  ],
  ["a number as text", { location: 7 }, "; it is the number 7."],
  ["a boolean, which the host could not hide", { immutability: true }, "; it is a boolean."],
  ["an object as text", { vaultName: {} }, "; it is an object."],
  ["a list as an object", { tags: [] }, "; it is a list."],
  ["null", { softDelete: null }, "must be an object with the fields state, retentionDurationInDays; it is null."],
  ["a text too long to show", { immutability: "x".repeat(201) }, "; it is a string of more than 200 characters."],
  ["Microsoft's abbreviation", { redundancy: "grs" }, 'it is "grs"; did you mean "GeoRedundant"?'],
  [
    "a name misspelt in an object",
    { softDelete: { stat: "On" } },
    'unknown argument "softDelete.stat"; did you mean "softDelete.state"? Valid',
  ],
])("the message says that the value is %s", async (_, news, sentence) => {
  const { failures } = await check({ ...valid, ...news });
  expect(failures).toEqual([expect.stringContaining(sentence)]);
});

test("what this package computes is not listed among the valid arguments", async () => {
  const { failures } = await check({ ...valid, principalId: "x" });
  const [, listed = ""] = failures[0]?.split("Valid arguments: ") ?? [];
  expect(listed.slice(0, -1).split(", ")).toEqual(expect.arrayContaining(everyArgument));
  expect(listed).not.toMatch(/vaultId|principalId|provisioningState/);
});

test("a subscription that comes from the environment is not shown: it may be secret there", async () => {
  const { subscriptionId: _, ...news } = valid;
  const handlers = serve(backupVault, { ...offline, run: beginRun(), env: { ARM_SUBSCRIPTION_ID: "hunter2" } });
  const { failures } = await handlers.check({}, news);
  expect(failures.map(({ reason }) => reason)).toEqual([
    expect.stringMatching(
      /subscriptionId must be a GUID.*\. Correct the stack configuration `azure-backup:subscriptionId` or/,
    ),
  ]);
  expect(failures[0]?.reason).not.toContain("hunter2");
});

const everyArgument = [
  "vaultName",
  "resourceGroupName",
  "subscriptionId",
  "location",
  "redundancy",
  "datastoreType",
  "softDelete",
  "immutability",
  "crossRegionRestore",
  "crossSubscriptionRestore",
  "alertsForAllJobFailures",
  "costManagementGranularity",
  "identity",
  "encryption",
  "resourceGuardOperationRequests",
  "tags",
  "adopt",
  "accept",
  "timeouts",
];

test.each(everyArgument)("null and empty text are refused for %s", async (name) => {
  for (const nothing of [null, ""]) {
    const { failures } = await check({ ...valid, [name]: nothing });
    expect(failures).toEqual([expect.stringMatching(new RegExp(`: ${name} must `))]);
  }
});

test.each(["vaultName", "resourceGroupName", "location", "redundancy"])("%s has to be there", async (name) => {
  const { [name]: _, ...news } = valid as Record<string, unknown>;
  const { failures } = await check(news);
  expect(failures).toEqual([expect.stringContaining(`${name} is missing.`)]);
});

test("all problems are reported at once, with what the rules refuse beside them", async () => {
  const { failures } = await check({
    ...valid,
    redundancy: "LocallyRedundant",
    crossRegionRestore: "Enabled",
    location: "",
    immutability: "Looked",
    colour: "blue",
  });
  expect(failures).toEqual([
    expect.stringContaining('unknown argument "colour"'),
    expect.stringContaining("location must be"),
    expect.stringContaining("immutability must be Disabled, Unlocked or Locked"),
    expect.stringContaining("crr-needs-geo"),
  ]);
});

test("Azure's spelling comes out, whatever case the program writes", async () => {
  const { inputs, failures } = await check({
    ...valid,
    location: "West Europe",
    redundancy: "georedundant",
    softDelete: { state: "ALWAYSON", retentionDurationInDays: 14 },
    identity: { type: "systemassigned, userassigned", userAssignedIdentities: [identityId] },
  });
  expect(failures).toEqual([]);
  expect(inputs).toMatchObject({
    location: "westeurope",
    redundancy: "GeoRedundant",
    datastoreType: "VaultStore",
    softDelete: { state: "AlwaysOn" },
    identity: { type: "SystemAssigned,UserAssigned" },
  });
});

test("a key's URI loses the port that ARM spells into it", async () => {
  const encryption = { keyUri: "https://KV.vault.azure.net:443/keys/Backup", identity: identityId };
  const { inputs } = await check({
    ...valid,
    identity,
    encryption,
  });
  expect(inputs).toMatchObject({ identity, encryption: { keyUri: "https://kv.vault.azure.net/keys/Backup" } });
});

test("the subscription comes from the environment, and then stays", async () => {
  const { subscriptionId: _, ...news } = valid;
  const handlers = (env: Record<string, string>) => serve(backupVault, { ...offline, run: beginRun(), env });
  const first = await handlers({ ARM_SUBSCRIPTION_ID: subscriptionId }).check({}, news);
  expect(first.inputs.subscriptionId).toBe(subscriptionId);

  const elsewhere = { ARM_SUBSCRIPTION_ID: "99999999-2222-3333-4444-555555555555" };
  const second = await handlers(elsewhere).check(first.inputs, news);
  expect(second.inputs.subscriptionId).toBe(subscriptionId);
});

test("without a subscription the user reads where to name it", async () => {
  const { subscriptionId: _, ...news } = valid;
  expect((await check(news)).failures).toEqual([
    expect.stringContaining(
      "stack configuration `azure-backup:subscriptionId` or the environment variable `ARM_SUBSCRIPTION_ID`",
    ),
  ]);
});
