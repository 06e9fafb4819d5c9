import { type Emulator, startEmulator } from "../../emulator/index.js";
import { definitions } from "../../provider/vaults/definitions.js";
import { handlerName, resourceTypeNames } from "../../provider/vaults/resourceTypes.js";
import { createOneOfEach, type Made } from "../support/oneOfEach.js";
import { oneRunOfPlugin } from "../support/oneRun.js";

// What the plugin reads by an ID alone, and what the program that is written of it previews.

let azure: Emulator;
let made: Made;

beforeAll(async () => {
  azure = await startEmulator({ trust: true });
  made = await createOneOfEach(azure);
});
afterAll(() => azure.close());

const read = (type: keyof Made, id = made[type].id) => oneRunOfPlugin(azure)[handlerName(type)].read(id, {});

test.each(resourceTypeNames)("%s is imported with all its arguments, and previews without changes", async (type) => {
  const before = azure.writes().length;
  const { id, props = {}, inputs = {} } = await read(type);
  expect(inputs).toMatchObject(made[type].args);
  const next = oneRunOfPlugin(azure)[handlerName(type)];
  const { inputs: wanted, failures } = await next.check(inputs, inputs);
  const change = await next.diff(String(id), props, wanted);
  expect({ failures, ...change }).toMatchObject({ failures: [], changes: false, replaces: [] });
  expect(azure.writes()).toHaveLength(before);
});

test.each(resourceTypeNames)("%s: an ID in lower case is imported for a program in Azure's spelling", async (type) => {
  const { id, props = {}, inputs = {} } = await read(type, made[type].id.toLowerCase());
  const next = oneRunOfPlugin(azure)[handlerName(type)];
  const { inputs: wanted, failures } = await next.check(inputs, { ...inputs, ...made[type].args });
  const change = await next.diff(String(id), props, wanted);
  expect({ failures, ...change }).toMatchObject({ failures: [], changes: false, replaces: [] });
});

/** Azure's own clients encode what else than letters, digits, periods and hyphens is in a name. */
const asInUrl = (id: string, encode: (text: string) => string) => id.replace(/[;#_]/g, encode);

test.each(resourceTypeNames)(
  "%s: an ID with percent signs, as in a URL, is imported under the ID itself",
  async (type) => {
    const { id } = made[type];
    const whole = encodeURIComponent(id);
    for (const given of [
      asInUrl(id, encodeURIComponent),
      asInUrl(id, (text) => `%${text.charCodeAt(0).toString(16)}`),
      whole,
    ]) {
      const found = await read(type, given);
      expect(found.id).toBe(id);
      expect(found).toEqual({ ...(await read(type)), props: { ...found.props } });
    }
  },
);

test.each(resourceTypeNames)("%s: a URL, or what of an ID cannot be read, is refused in a sentence", async (type) => {
  const { id } = made[type];
  const asked = `${id}?api-version=2025-07-01`;
  for (const given of [`https://management.azure.com${id}`, asked, `${id}%`, `${id}%253B`, `${id}%00`, `${id}/`])
    await expect(read(type, given)).rejects.toThrow(/".*" is not (the (ARM )?|an )ID\b/);
});

test.each(["BackupVault", "RecoveryServicesVault"] as const)(
  "%s: one that was imported by an ID in lower case is deleted before another one gets its name",
  async (type) => {
    const { id, props = {}, inputs = {} } = await read(type, made[type].id.toLowerCase());
    const next = oneRunOfPlugin(azure)[handlerName(type)];
    const moved = { ...inputs, ...made[type].args, location: "northeurope" };
    await next.check(inputs, moved);
    const { inputs: wanted } = await next.check({}, moved);
    expect(props.vaultId).toBe(made[type].id);
    await expect(next.diff(String(id), props, wanted)).resolves.toMatchObject({
      replaces: ["location"],
      deleteBeforeReplace: true,
    });
  },
);

test.each(["BackupVault", "RecoveryServicesVault"] as const)(
  "these are all arguments of a %s that Azure keeps",
  (kind) => {
    const { fixedAtCreation, writable } = definitions[kind];
    const kept: string[] = [...fixedAtCreation, ...writable].filter((name) => name !== "subscriptionId");
    expect(Object.keys(made[kind].args).sort()).toEqual(kept.sort());
  },
);

test.each(resourceTypeNames)("%s: the ID of any other type is refused in a sentence", async (type) => {
  for (const other of resourceTypeNames.filter((each) => each !== type))
    await expect(read(type, made[other].id)).rejects.toThrow(/".*" is not the (ARM )?ID of /);
});

test.each(resourceTypeNames)("%s: the ID of what is not there is refused in a sentence", async (type) => {
  const gone = made[type].id
    .replaceAll("payroll", "gone")
    .replaceAll("-other", "-gone")
    .replace(/guard$/, "gone");
  await expect(read(type, gone)).rejects.toThrow(/ does not (exist|have)\b| is not associated with /);
});

test("what a vault does not have is not imported from it", async () => {
  const plain = made.BackupVault.id.replace("bv-payroll", "bv-plain");
  const storageSettings = [{ datastoreType: "VaultStore", type: "LocallyRedundant" }];
  azure.arm("PUT", plain, { location: "westeurope", properties: { storageSettings } });
  for (const [type, id, why] of [
    ["IdentityAssignment", `${plain}#SystemAssigned`, "does not have the identity SystemAssigned"],
    ["EncryptionSettings", `${plain}#encryption`, "is not encrypted with a customer-managed key"],
    [
      "ResourceGuardAssociation",
      `${plain}/backupResourceGuardProxies/DppResourceGuardProxy`,
      "is not associated with a resource guard",
    ],
    ["KeyAccess", made.KeyAccess.id.replace(/#.*/, "#11111111-2222-3333-4444-555555555555"), "nothing to import"],
  ] as const)
    await expect(read(type, id)).rejects.toThrow(why);
});
