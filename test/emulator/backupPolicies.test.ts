import { vault, vaultId } from "./client.js";
import { arm, azure, emulatorForAll } from "./emulatorForAll.js";

emulatorForAll();
beforeEach(async () => {
  azure.reset();
  azure.createResourceGroup("rg-payroll");
  await arm("PUT", vaultId(azure), vault());
});

const id = () => `${vaultId(azure)}/backupPolicies/daily`;

const kept = (name: string, duration: string) => ({
  objectType: "AzureRetentionRule",
  name,
  isDefault: true,
  lifecycles: [
    {
      sourceDataStore: { objectType: "DataStoreInfoBase", dataStoreType: "OperationalStore" },
      deleteAfter: { objectType: "AbsoluteDeleteOption", duration },
    },
  ],
});
const policy = (...policyRules: object[]) => ({
  properties: {
    objectType: "BackupPolicy",
    datasourceTypes: ["Microsoft.Storage/storageAccounts/blobServices"],
    policyRules,
  },
});

test("a policy is created at once, and shown as it was sent", async () => {
  const created = await arm("PUT", id(), policy(kept("Default", "P30D")));
  expect(created).toMatchObject({ status: 200, body: { name: "daily", ...policy(kept("Default", "P30D")) } });
  expect(created.headers).not.toHaveProperty("azure-asyncoperation");
  expect((await arm("GET", id())).body).toEqual(created.body);
});

test("a policy that exists is not updated, whether or not it is in use, and the same one is taken", async () => {
  await arm("PUT", id(), policy(kept("Default", "P30D")));
  const { status, body } = await arm("PUT", id(), policy(kept("Default", "P60D")));
  expect({ status, error: body.error }).toMatchObject({
    status: 400,
    error: {
      code: "UserErrorBMSUpdatePolicyNotSupported",
      message: "Update of existing policy is not supported.",
      additionalInfo: [{ info: { recommendedAction: ["Please create a new policy."] } }],
    },
  });
  expect(await arm("PUT", id(), policy(kept("Default", "P30D")))).toMatchObject({ status: 200 });
  expect((await arm("GET", id())).body.properties.policyRules).toEqual([kept("Default", "P30D")]);
});

const backup = (interval: string, schedule: object = {}) => ({
  objectType: "AzureBackupRule",
  name: "BackupDaily",
  trigger: { objectType: "ScheduleBasedTriggerContext", schedule: { repeatingTimeIntervals: [interval], ...schedule } },
});

test.each([
  ["two rules of one name", [kept("Default", "P30D"), kept("default", "P7D")]],
  ["a rule of an unknown type", [{ ...kept("Default", "P30D"), objectType: "AzureDeletionRule" }]],
  ["a schedule in another form", [backup("R/20240107T0200Z/P1D")]],
  ["a time zone that Windows does not have", [backup("R/2024-01-07T02:00:00Z/P1D", { timeZone: "Europe/Berlin" })]],
])("%s is refused, and nothing is created", async (_, rules) => {
  const { status, body } = await arm("PUT", id(), policy(...rules));
  expect({ status, code: body.error?.code }).toEqual({ status: 400, code: "BMSUserErrorInvalidInput" });
  expect((await arm("GET", id())).status).toBe(404);
});
