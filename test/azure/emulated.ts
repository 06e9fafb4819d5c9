import { type Emulator, type EmulatorOptions, startEmulator } from "../../emulator/index.js";
import { type Azure, connect } from "../../provider/azure/index.js";

const running: Emulator[] = [];

/** An emulator with the resource group `rg`, and our connection to it. */
export async function emulated(options: EmulatorOptions = {}): Promise<{ emulator: Emulator; azure: Azure }> {
  const emulator = await startEmulator({ trust: true, ...options });
  running.push(emulator);
  emulator.createResourceGroup("rg");
  return { emulator, azure: connect(() => undefined, emulator.env) };
}

export async function closeEmulators(): Promise<void> {
  await Promise.all(running.splice(0).map((emulator) => emulator.close()));
}

export const idOf = (emulator: Emulator, name = "payroll") =>
  `/subscriptions/${emulator.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg/providers/Microsoft.DataProtection/backupVaults/${name}`;

export const previewDeadline = (ms = 30_000) => ({ deadline: Date.now() + ms });

export const vaultBody = {
  location: "westeurope",
  identity: { type: "SystemAssigned" },
  properties: { storageSettings: [{ datastoreType: "VaultStore", type: "LocallyRedundant" }] },
};

/** What a call failed with, for assertions on more than its message. */
// biome-ignore lint/suspicious/noExplicitAny: whatever was thrown
export const failureOf = (call: Promise<unknown>): Promise<any> =>
  call.then(
    () => undefined,
    (error) => error,
  );
