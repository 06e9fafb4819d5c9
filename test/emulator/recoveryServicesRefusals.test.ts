import fc from "fast-check";
import { done, group } from "./client.js";
import { arm, azure, emulatorForAll } from "./emulatorForAll.js";
import {
  crossSubscriptionRestore,
  immutability,
  redundancy,
  softDelete,
  recoveryVault as vault,
  recoveryVaultId as vaultId,
} from "./recoveryServices.js";

emulatorForAll();
beforeEach(() => {
  azure.reset();
  azure.createResourceGroup("rg-payroll");
});

/** Undefined: Azure takes it. */
async function refusal(method: "PUT" | "PATCH", properties: object): Promise<string | undefined> {
  const was = azure.vault(vaultId(azure));
  const body = method === "PUT" ? vault(properties) : { properties };
  const answer = await arm(method, vaultId(azure), body);
  if (answer.status < 300) return undefined;
  expect(answer.status).toBe(400);
  expect(answer.body.error).toMatchObject({ target: null, details: null, innerError: null });
  expect(azure.vault(vaultId(azure))).toEqual(was);
  return answer.body.error.code;
}

const immutabilityStates = ["Disabled", "Unlocked", "Locked"];
const stays = "UserErrorUnsupportedVaultImmutabilityStateChange";
const allowedSteps = [
  "Disabled Disabled",
  "Disabled Unlocked",
  "Unlocked Disabled",
  "Unlocked Unlocked",
  "Unlocked Locked",
  "Locked Locked",
];

/** A vault in that state, reached as Azure lets it be reached. */
async function immutableVault(state: string): Promise<void> {
  await arm("PUT", vaultId(azure), vault());
  if (state !== "Disabled") await arm("PATCH", vaultId(azure), { properties: immutability("Unlocked") });
  if (state === "Locked") await arm("PATCH", vaultId(azure), { properties: immutability("Locked") });
}

const immutabilityPairs = immutabilityStates.flatMap((from) => immutabilityStates.map((to) => [from, to]));

test.each(immutabilityPairs)("immutability %s to %s", async (from = "", to = "") => {
  for (const method of ["PATCH", "PUT"] as const) {
    azure.reset();
    azure.createResourceGroup("rg-payroll");
    await immutableVault(from);
    expect(await refusal(method, immutability(to))).toBe(allowedSteps.includes(`${from} ${to}`) ? undefined : stays);
  }
});

test.each(immutabilityStates)("immutability %s, left out of a PUT, stays", async (from) => {
  await immutableVault(from);
  expect(await refusal("PUT", {})).toBeUndefined();
  const { securitySettings } = azure.vault(vaultId(azure))?.properties ?? {};
  expect(securitySettings.immutabilitySettings?.state ?? "Disabled").toBe(from);
});

test.each([
  [{ type: "TimeBased", durationInDays: 30 }, undefined],
  [{ type: "TimeBased", durationInDays: 29 }, "EmulatorUnverifiedRsvImmutabilityDuration"],
  [{ type: "TimeBased" }, "EmulatorUnverifiedRsvImmutabilityDuration"],
  [{ type: "AsPerPolicy" }, undefined],
  [{ type: "AsPerPolicy", durationInDays: 30 }, "EmulatorUnverifiedRsvImmutabilityDuration"],
])("an unlocked vault with the configuration %j", async (configuration, code) => {
  for (const method of ["PATCH", "PUT"] as const) {
    await immutableVault("Unlocked");
    const properties = { securitySettings: { immutabilitySettings: { state: "Unlocked", configuration } } };
    expect(await refusal(method, properties)).toBe(code);
  }
});

test("the configuration of a locked vault stays, and that of a vault that is not immutable is ignored", async () => {
  const configured = (state: string, durationInDays: number) => ({
    securitySettings: { immutabilitySettings: { state, configuration: { type: "TimeBased", durationInDays } } },
  });
  await immutableVault("Disabled");
  expect(await refusal("PATCH", configured("Disabled", 60))).toBeUndefined();
  const settings = () => azure.vault(vaultId(azure))?.properties.securitySettings.immutabilitySettings;
  expect(settings()).toEqual({ state: "Disabled" });
  for (const state of ["Unlocked", "Locked"]) expect(await refusal("PATCH", configured(state, 60))).toBeUndefined();
  for (const days of [59, 61]) {
    expect(await refusal("PATCH", configured("Locked", days))).toContain(
      "EmulatorUnverifiedRsvImmutabilityConfigurationLocked",
    );
  }
  expect(await refusal("PATCH", configured("Locked", 60))).toBeUndefined();
});

test("a new vault cannot be locked", async () => {
  expect(await refusal("PUT", immutability("Locked"))).toBe(stays);
  expect(await refusal("PUT", immutability("Unlocked"))).toBeUndefined();
});

const restoreStates = ["Enabled", "Disabled", "PermanentlyDisabled"];
const restorePairs = restoreStates.flatMap((from) => restoreStates.map((to) => [from, to]));

test.each(restorePairs)("cross-subscription restore %s to %s", async (from = "", to = "") => {
  await arm("PUT", vaultId(azure), vault(crossSubscriptionRestore(from)));
  const refused = from === "PermanentlyDisabled" && to !== from;
  expect(await refusal("PATCH", crossSubscriptionRestore(to))).toBe(
    refused ? "EmulatorUnverifiedRsvCsrPermanentlyDisabled" : undefined,
  );
});

const softDeleteStates = ["AlwaysON", "Enabled", "Disabled", "Invalid"];
const notAlwaysOn = "BMSUserErrorSoftDeleteStateNotSetToAlwaysON";
const off = "BMSUserErrorDisablingSoftDeleteStateNotAllowed";

test.each(softDeleteStates)("a new vault with soft delete %s", async (state) => {
  expect(await refusal("PUT", softDelete(state))).toBe(state === "AlwaysON" ? undefined : notAlwaysOn);
});

test.each(["AlwaysON", "Enabled"].flatMap((from) => softDeleteStates.map((to) => [from, to])))(
  "soft delete %s to %s",
  async (from = "", to = "") => {
    await arm("PUT", vaultId(azure), vault());
    // A vault from the days in which that was possible.
    azure.setVault(vaultId(azure), { properties: softDelete(from) });
    const isOff = to === "Disabled" || to === "Invalid";
    const expected = isOff ? off : to === "AlwaysON" || to === from ? undefined : notAlwaysOn;
    expect(await refusal("PATCH", softDelete(to))).toBe(expected);
    if (isOff) expect(await refusal("PATCH", softDelete(from, 14, to))).toBe(off);
  },
);

test.each([
  [13, "EmulatorUnverifiedRsvRetentionOutOfRange"],
  [14, undefined],
  [180, undefined],
  [181, "EmulatorUnverifiedRsvRetentionOutOfRange"],
])("soft delete for %s days", async (days, code) => {
  expect(await refusal("PUT", softDelete("AlwaysON", days))).toBe(code);
});

const redundancies = ["LocallyRedundant", "ZoneRedundant", "GeoRedundant"];

test.each(redundancies.flatMap((from) => redundancies.map((to) => [from, to])))(
  "redundancy %s to %s before anything was registered",
  async (from = "", to = "") => {
    await arm("PUT", vaultId(azure), vault(redundancy(from)));
    expect(await refusal("PATCH", redundancy(to))).toBeUndefined();
    expect(azure.vault(vaultId(azure))?.properties.redundancySettings.standardTierStorageRedundancy).toBe(to);
  },
);

test.each(redundancies)("cross-region restore with %s", async (type) => {
  const expected = type === "GeoRedundant" ? undefined : "EmulatorUnverifiedRsvCrrNeedsGeo";
  expect(await refusal("PUT", redundancy(type, "Enabled"))).toBe(expected);
});

test("cross-region restore goes as it came before protection starts", async () => {
  await arm("PUT", vaultId(azure), vault(redundancy("GeoRedundant", "Enabled")));
  expect(await refusal("PATCH", redundancy("GeoRedundant", "Disabled"))).toBeUndefined();
});

test("a locked vault without data can be deleted", async () => {
  await immutableVault("Locked");
  expect((await done(arm, await arm("DELETE", vaultId(azure)))).body.status).toBe("Succeeded");
});

test("another region is refused", async () => {
  await arm("PUT", vaultId(azure), vault());
  const moved = await arm("PUT", vaultId(azure), vault({}, { location: "northeurope" }));
  expect(moved).toMatchObject({ status: 409, body: { error: { code: "InvalidResourceLocation" } } });
  expect((await arm("GET", `${group(azure)}/resources`)).body.value).toHaveLength(1);
});

const change = fc.oneof(
  fc.constantFrom(...immutabilityStates).map(immutability),
  fc.constantFrom(...restoreStates).map(crossSubscriptionRestore),
  fc.constantFrom(...softDeleteStates).map((state) => softDelete(state, 30)),
  fc
    .tuple(fc.constantFrom(...redundancies), fc.constantFrom("Enabled", "Disabled"))
    .map((given) => redundancy(...given)),
  fc.constant({}),
  fc.constantFrom("old", "new").map((key) => ({ key })),
  fc.constantFrom("register", "protect").map((act) => ({ act })),
);
const step = fc.tuple(fc.constantFrom("PATCH", "PATCH", "PATCH", "PUT", "storage", "vault", "encryption"), change);

test("whatever is written in whatever order, what is closed for good stays closed", () => {
  const property = fc.property(fc.array(step, { minLength: 30, maxLength: 60 }), (steps) => {
    azure.reset();
    azure.createResourceGroup("rg-payroll");
    const id = vaultId(azure);
    azure.arm("PUT", id, vault({}, { identity: { type: "SystemAssigned" } }));
    const { id: keyVault } = azure.createKeyVault("rg-payroll", "kv-payroll");
    azure.grant(keyVault, azure.vault(id)?.identity.principalId);
    const keys: Record<string, string> = {
      old: azure.createKey(keyVault, "old"),
      new: azure.createKey(keyVault, "new"),
    };
    let wasClosed: Record<string, boolean> = {};
    let fixed: string | undefined;
    for (const [way, given] of steps) {
      if ("act" in given)
        given.act === "register" ? azure.register(id, "stpayroll") : azure.protectVm(id, { name: "vm" });
      else azure.arm(...written(id, way, "key" in given ? encryption(keys[given.key] ?? "") : given));
      const { properties } = azure.vault(id) ?? {};
      const { immutabilitySettings, softDeleteSettings } = properties.securitySettings;
      const closed: Record<string, boolean> = {
        lock: immutabilitySettings?.state === "Locked",
        restore:
          properties.restoreSettings.crossSubscriptionRestoreSettings.crossSubscriptionRestoreState ===
          restoreStates[2],
        softDelete: softDeleteSettings.softDeleteState === "AlwaysON",
        key: properties.encryption !== undefined,
      };
      expect(Object.keys(closed).filter((door) => wasClosed[door] && !closed[door])).toEqual([]);
      wasClosed = closed;
      const type = properties.redundancySettings.standardTierStorageRedundancy;
      expect(type).toBe(fixed ?? type);
      const { body } = azure.arm("GET", `${id}/backupstorageconfig/vaultstorageconfig`);
      if ((body as { properties: { storageTypeState: string } }).properties.storageTypeState === "Locked") fixed = type;
    }
  });
  fc.assert(property, { numRuns: 120 });
});

const encryption = (keyUri: string) => ({
  encryption: { keyVaultProperties: { keyUri }, kekIdentity: { useSystemAssignedIdentity: true } },
});

/** The request that says so, by one of the five ways to write a vault. */
function written(id: string, way: string, properties: object): [method: string, path: string, body: object] {
  const given = properties as Record<string, Record<string, Record<string, string>>>;
  const { softDeleteState } = given.securitySettings?.softDeleteSettings ?? {};
  switch (way) {
    case "PUT":
      return ["PUT", id, vault(properties, { identity: { type: "SystemAssigned" } })];
    case "storage":
      return [
        "PATCH",
        `${id}/backupstorageconfig/vaultstorageconfig`,
        { properties: { storageModelType: given.redundancySettings?.standardTierStorageRedundancy } },
      ];
    case "vault":
      return ["PATCH", `${id}/backupconfig/vaultconfig`, { properties: { softDeleteFeatureState: softDeleteState } }];
    case "encryption":
      return [
        "PUT",
        `${id}/backupEncryptionConfigs/backupResourceEncryptionConfig`,
        {
          properties: {
            encryptionAtRestType: given.encryption ? "CustomerManaged" : "MicrosoftManaged",
            keyUri: given.encryption?.keyVaultProperties?.keyUri,
          },
        },
      ];
    default:
      return ["PATCH", id, { properties }];
  }
}
