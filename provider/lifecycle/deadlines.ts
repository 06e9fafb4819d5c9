import { durationMs } from "../vaults/sharedSettings.js";

/** azurerm's and azure-native's own default for a vault. */
const defaultTimeoutMs = 30 * 60_000;

export const deadlineAfter = (timeout: string | undefined): number =>
  Date.now() + (timeout ? durationMs(timeout) : defaultTimeoutMs);

export const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
