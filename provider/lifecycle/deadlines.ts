import { pause as pauseBefore } from "../azure/index.js";
import { durationMs } from "../vaults/sharedSettings.js";

/** azurerm's and azure-native's own default for a vault. */
const defaultTimeoutMs = 30 * 60_000;

export const deadlineAfter = (timeout: string | undefined): number =>
  Date.now() + (timeout ? durationMs(timeout) : defaultTimeoutMs);

/** Waits, but not beyond the end of a cancelled run. */
export const pause = (ms: number): Promise<void> => pauseBefore(ms, { deadline: Number.POSITIVE_INFINITY });
