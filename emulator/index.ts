import type { Emulator } from "./emulator.js";
import type { EmulatorOptions } from "./options.js";

export { type ClientName, clientNames, type Instructions, instructionsFor } from "./clients.js";
export { type ConnectedEmulator, connectEmulator } from "./connect.js";
export type { ArrangedJob, Emulator } from "./emulator.js";
export type { FederatedCredential } from "./entra/records.js";
export type { Fault, FaultKind } from "./faults.js";
export type { JournalEntry, JournalFilter } from "./journal.js";
export type { EmulatorOptions, Settings } from "./options.js";

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
