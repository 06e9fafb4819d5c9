import type { VaultInputs, VaultResource } from "./vaultInputs.js";
import type { VaultType } from "./vaultType.js";

/** Its last write ended badly: what it shows is what was asked for, perhaps not what it is, until it is written again. */
export const hasFailed = ({ properties }: VaultResource): boolean =>
  /^failed$/i.test(properties?.provisioningState ?? "");

/** Whether anything is sent so that a live vault becomes what the program says. */
export const isWritten = <I extends VaultInputs, R extends VaultResource>(
  { differences }: Pick<VaultType<I, R>, "differences">,
  wanted: Partial<I>,
  has: Partial<I>,
  live: R,
): boolean => differences(wanted, has).length > 0 || hasFailed(live);
