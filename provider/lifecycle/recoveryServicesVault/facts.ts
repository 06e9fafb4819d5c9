import type { AzureFacts, RecoveryServicesVaultResource } from "../../azure/index.js";
import type { FactLoaders } from "../readFacts.js";
import { keyFactReaders } from "../vault/keyFacts.js";
import type { ProposedChange } from "../vault/proposedChange.js";
import type { RecoveryServicesVaultInputs } from "./inputs.js";

/** How each fact about a Recovery Services vault is read. */
export function factLoaders(
  read: () => AzureFacts,
  proposed: ProposedChange<RecoveryServicesVaultInputs, RecoveryServicesVaultResource>,
): FactLoaders {
  const { id, deadline } = proposed;
  const within = deadline === undefined ? undefined : { deadline };
  return {
    protectedItems: () => read().protectedItems(id, within),
    containers: () => read().containers(id, within),
    replication: () => read().replication(id, within),
    storageTypeState: () => read().storageTypeState(id, within),
    ...keyFactReaders(read, proposed),
  };
}
