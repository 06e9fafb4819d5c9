import { type Emulator, startEmulator } from "../../emulator/index.js";
import { connect } from "../../provider/azure/index.js";
import { beginRun } from "../../provider/host/run.js";
import { serve } from "../../provider/host/serve.js";
import { recoveryServicesVault } from "../../provider/lifecycle/vault/lifecycle.js";
import { type Arm, armClient, done } from "../emulator/client.js";

// For every pair of states: what our resource does, and what Azure does with the same change in a plain PATCH or PUT.
// `-` both make it; `no` both refuse it; `steps` we make it in two requests, which Azure refuses in one; `?` we disagree.

const groupName = "rg-agreement";
let emulator: Emulator;
let arm: Arm;
let count = 0;

beforeAll(async () => {
  emulator = await startEmulator({ trust: true });
  emulator.createResourceGroup(groupName);
  arm = await armClient(emulator);
});
afterAll(() => emulator.close());

type Holding = "nothing" | "a protected machine" | "a storage account";

interface Setting {
  states: readonly string[];
  /** As our argument. */
  argument(state: string): object;
  /** As Azure's property. */
  property(state: string): object;
}

const security = (settings: object) => ({ securitySettings: settings });
const softDeleteSettings = (state: string) => ({
  softDeleteState: state,
  enhancedSecurityState: state,
  softDeleteRetentionPeriodInDays: 14,
});

const settings: Record<string, Setting> = {
  immutability: {
    states: ["Disabled", "Unlocked", "Locked"],
    argument: (immutability) => ({ immutability }),
    property: (state) => security({ immutabilitySettings: { state } }),
  },
  softDelete: {
    states: ["Disabled", "Enabled", "AlwaysON"],
    argument: (state) => ({ softDelete: { state, retentionDurationInDays: 14 } }),
    property: (state) => security({ softDeleteSettings: softDeleteSettings(state) }),
  },
  crossSubscriptionRestore: {
    states: ["Enabled", "Disabled", "PermanentlyDisabled"],
    argument: (crossSubscriptionRestore) => ({ crossSubscriptionRestore }),
    property: (crossSubscriptionRestoreState) => ({
      restoreSettings: { crossSubscriptionRestoreSettings: { crossSubscriptionRestoreState } },
    }),
  },
  redundancy: {
    states: ["LocallyRedundant", "ZoneRedundant", "GeoRedundant"],
    argument: (redundancy) => ({ redundancy }),
    property: (standardTierStorageRedundancy) => ({ redundancySettings: { standardTierStorageRedundancy } }),
  },
  crossRegionRestore: {
    states: ["Disabled", "Enabled"],
    argument: (crossRegionRestore) => ({ redundancy: "GeoRedundant", crossRegionRestore }),
    property: (crossRegionRestore) => ({
      redundancySettings: { standardTierStorageRedundancy: "GeoRedundant", crossRegionRestore },
    }),
  },
};

/** A vault that is there in some state, past all rules: nobody could create some of them. */
async function existing(properties: object, holds: Holding): Promise<string> {
  const id = `/subscriptions/${emulator.env.ARM_SUBSCRIPTION_ID}/resourceGroups/${groupName}/providers/Microsoft.RecoveryServices/vaults/rsv-${++count}`;
  const made = emulator.arm("PUT", id, { location: "westeurope", sku: { name: "Standard" }, properties: {} });
  if (made.status >= 300) throw new Error(JSON.stringify(made.body));
  if (holds === "a protected machine") emulator.protectVm(id, { name: "vm-1" });
  if (holds === "a storage account") emulator.register(id, `files${count}`);
  emulator.setVault(id, { properties });
  return id;
}

async function ours(setting: Setting, from: string, to: string, holds: Holding): Promise<"makes" | "refuses" | string> {
  const id = await existing(setting.property(from), holds);
  const azure = connect(() => undefined, emulator.env);
  const run = () =>
    serve(recoveryServicesVault, {
      warn: async () => {},
      setting: () => undefined,
      run: beginRun(),
      env: emulator.env,
      azure: () => azure,
    });
  const vaultName = id.slice(id.lastIndexOf("/") + 1);
  const program = { vaultName, resourceGroupName: groupName, location: "westeurope" };
  const { inputs: olds } = await run().check({}, { ...program, adopt: true, ...setting.argument(from) });
  const handlers = run();
  const state = { ...olds, provisioningState: "Succeeded" };
  const written = emulator.writes().length;
  try {
    const { inputs, failures } = await handlers.check(olds, { ...program, adopt: true, ...setting.argument(to) });
    if (failures.length > 0) throw new Error(failures.map(({ reason }) => reason).join("\n"));
    const { changes } = await handlers.diff(id, state, inputs);
    if (changes) await handlers.update(id, state, inputs);
  } catch (error) {
    const isOfRules = /^rsv-[a-z-]+: /.test((error as Error).message);
    if (!isOfRules) return (error as Error).message;
    return emulator.writes().length === written ? "refuses" : "refuses too late";
  }
  return "makes";
}

async function azures(setting: Setting, from: string, to: string, holds: Holding, method: string): Promise<string> {
  const id = await existing(setting.property(from), holds);
  const body = { location: "westeurope", sku: { name: "Standard" }, properties: setting.property(to) };
  const given = method === "PUT" ? body : { properties: setting.property(to) };
  const answer = await arm(method, `${id}?api-version=2026-07-01`, given);
  if (answer.status >= 300) return "refuses";
  return (await done(arm, answer)).body.error ? "refuses" : "makes";
}

async function cell(setting: Setting, from: string, to: string, holds: Holding): Promise<string> {
  const we = await ours(setting, from, to, holds);
  const by = [await azures(setting, from, to, holds, "PATCH"), await azures(setting, from, to, holds, "PUT")];
  if (by.every((each) => each === we)) return we === "makes" ? "-" : "no";
  if (we === "makes" && from === "Disabled" && to === "Locked") return "steps";
  return `? ${we}, Azure ${by.join(" and ")}`;
}

async function table(name: string, holds: Holding): Promise<string> {
  const setting = settings[name] as Setting;
  const rows: string[] = [];
  for (const from of setting.states) {
    const cells = [];
    for (const to of setting.states) cells.push(await cell(setting, from, to, holds));
    rows.push(`${from}: ${cells.join(" | ")}`);
  }
  return rows.join("\n");
}

test.each<[string, Holding, string]>([
  ["immutability", "nothing", "Disabled: - | - | steps\nUnlocked: - | - | -\nLocked: no | no | -"],
  ["immutability", "a protected machine", "Disabled: - | - | steps\nUnlocked: - | - | -\nLocked: no | no | -"],
  ["softDelete", "nothing", "Disabled: - | no | -\nEnabled: no | - | -\nAlwaysON: no | no | -"],
  ["crossSubscriptionRestore", "nothing", "Enabled: - | - | -\nDisabled: - | - | -\nPermanentlyDisabled: no | no | -"],
  ["redundancy", "nothing", "LocallyRedundant: - | - | -\nZoneRedundant: - | - | -\nGeoRedundant: - | - | -"],
  [
    "redundancy",
    "a protected machine",
    "LocallyRedundant: - | no | no\nZoneRedundant: no | - | no\nGeoRedundant: no | no | -",
  ],
  [
    "redundancy",
    "a storage account",
    "LocallyRedundant: - | no | no\nZoneRedundant: no | - | no\nGeoRedundant: no | no | -",
  ],
  ["crossRegionRestore", "nothing", "Disabled: - | -\nEnabled: - | -"],
  ["crossRegionRestore", "a protected machine", "Disabled: - | -\nEnabled: no | -"],
  ["crossRegionRestore", "a storage account", "Disabled: - | -\nEnabled: - | -"],
])("%s of a Recovery Services vault that holds %s", async (name, holds, agreed) => {
  expect(await table(name, holds)).toBe(agreed);
});
