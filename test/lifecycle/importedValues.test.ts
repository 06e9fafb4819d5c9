import { type Emulator, startEmulator } from "../../emulator/index.js";
import { handlerName } from "../../provider/vaults/resourceTypes.js";
import { createOneOfEach, type Made } from "../support/oneOfEach.js";
import { oneRunOfPlugin } from "../support/oneRun.js";

// Azure knows more values than a version of this package. A vault that has one is imported, and its program may repeat it.

type Kind = "BackupVault" | "RecoveryServicesVault";
type Arguments = Record<string, unknown>;

let azure: Emulator;
let made: Made;

beforeAll(async () => {
  azure = await startEmulator({ trust: true });
  made = await createOneOfEach(azure);
});
afterAll(() => azure.close());

const handlers = (kind: Kind) => oneRunOfPlugin(azure)[handlerName(kind)];

async function imported(kind: Kind, properties: object) {
  const { id } = made[kind];
  azure.setVault(id, { properties });
  const { props = {}, inputs = {} } = await handlers(kind).read(id, {});
  return { id, props, inputs };
}

const cases: [Kind, string, object, Arguments][] = [
  [
    "RecoveryServicesVault",
    "publicNetworkAccess",
    { publicNetworkAccess: "SecuredByPerimeter" },
    { publicNetworkAccess: "SecuredByPerimeter" },
  ],
  [
    "RecoveryServicesVault",
    "redundancy",
    { redundancySettings: { standardTierStorageRedundancy: "ReadAccessGeoZoneRedundant" } },
    { redundancy: "ReadAccessGeoZoneRedundant" },
  ],
  [
    "RecoveryServicesVault",
    "immutabilityConfiguration",
    { securitySettings: { immutabilitySettings: { configuration: { type: "PerItem", durationInDays: 20 } } } },
    { immutabilityConfiguration: { type: "PerItem", durationInDays: 20 } },
  ],
  [
    "BackupVault",
    "costManagementGranularity",
    { costManagementSettings: { granularityLevel: "SubscriptionLevel" } },
    { costManagementGranularity: "SubscriptionLevel" },
  ],
  [
    "BackupVault",
    "redundancy",
    { storageSettings: [{ datastoreType: "VaultStore", type: "ReadAccessGeoZoneRedundant" }] },
    { redundancy: "ReadAccessGeoZoneRedundant" },
  ],
];

test.each(cases)("a %s whose %s has a value of a newer Azure is imported, and changes in the rest", async (...row) => {
  const [kind, , properties, argument] = row;
  const { id, props, inputs } = await imported(kind, properties);
  expect(inputs).toMatchObject(argument);
  const same = await handlers(kind).check(inputs, inputs);
  expect(same.failures).toEqual([]);
  const unchanged = await handlers(kind).diff(String(id), props, same.inputs);
  expect(unchanged).toMatchObject({ changes: false, replaces: [] });

  const news = { ...inputs, tags: { owner: "somebody-else" } };
  const run = handlers(kind);
  const { inputs: wanted, failures } = await run.check(inputs, news);
  expect(failures).toEqual([]);
  await run.update(String(id), props, wanted);
  expect(azure.vault(id)).toMatchObject({ tags: { owner: "somebody-else" }, properties });
});

test.each(cases)("the value that a %s may keep as its %s is not chosen newly", async (kind, name, _, argument) => {
  const { inputs } = await handlers(kind).read(made[kind].id, {});
  const before = { ...inputs, [name]: (made[kind].args as Arguments)[name] };
  const { failures } = await handlers(kind).check(before, { ...inputs, ...argument });
  expect(failures.map(({ reason }) => reason).join()).toMatch(new RegExp(`${name}(\\.type)? must be .*it is "`));
});

test("a source scan that was never configured is not imported", async () => {
  const { inputs } = await imported("RecoveryServicesVault", {
    securitySettings: { sourceScanConfiguration: { state: "Invalid" } },
  });
  expect(inputs).not.toHaveProperty("sourceScanConfiguration");
});

test("tags that Azure allows and this package would not are kept with the vault", async () => {
  const tags = Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`tag-${n}`, "x"]));
  const { id } = made.RecoveryServicesVault;
  azure.setVault(id, { tags });
  const { inputs = {} } = await handlers("RecoveryServicesVault").read(id, {});
  expect((await handlers("RecoveryServicesVault").check(inputs, inputs)).failures).toEqual([]);
  const { failures } = await handlers("RecoveryServicesVault").check(inputs, {
    ...inputs,
    tags: { ...tags, more: "x" },
  });
  expect(failures.map(({ reason }) => reason).join()).toContain("at most 50 tags");
});
