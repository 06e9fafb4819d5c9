import type { VaultResource } from "./vaultInputs.js";

/** Its last write ended badly: what it shows is what was asked for, perhaps not what it is, until it is written again. */
export const hasFailed = ({ properties }: VaultResource): boolean => properties?.provisioningState === "Failed";
