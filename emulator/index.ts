import type { Emulator } from "./start.js";
import type { EmulatorOptions } from "./state/options.js";

export type { ArrangedJob } from "./arrange/handles.js";
export { type ClientName, clientNames, type Instructions, instructionsFor } from "./control/clients.js";
export { type ConnectedEmulator, connectEmulator } from "./control/connect.js";

export type { Emulator } from "./start.js";
export type { Fault, FaultKind } from "./state/faults.js";
export type { FederatedCredential } from "./state/identityRecords.js";

export type { JournalEntry, JournalFilter } from "./state/journal.js";

export type { EmulatorOptions, FirstGroup, Settings } from "./state/options.js";

/**
 * Azure's control plane for backup vaults on loopback HTTPS, in this process.
 *
 * @example
 * const azure = await startEmulator();
 * azure.createResourceGroup("rg-payroll");
 * // ... run a client with azure.env ...
 * await azure.close();
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  // Loaded here, so that importing this package's emulator costs nothing until one is started.
  const { start } = await import("./start.js");
  return start(options);
}
