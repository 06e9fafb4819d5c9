import type { FactReaders as AzureReaders, RecoveryServicesVaultResource } from "../../azure/index.js";
import type { FactReaders } from "../readFacts.js";
import { keyFactReaders } from "../vault/keyFacts.js";
import type { Question } from "../vault/question.js";
import type { RecoveryServicesVaultInputs } from "./inputs.js";

/** How each fact about a Recovery Services vault is read. */
export function factReaders(
  read: () => AzureReaders,
  question: Question<RecoveryServicesVaultInputs, RecoveryServicesVaultResource>,
): FactReaders {
  const { id, deadline } = question;
  const within = deadline === undefined ? undefined : { deadline };
  return {
    protectedItems: () => read().protectedItems(id, within),
    containers: () => read().containers(id, within),
    replication: () => read().replication(id, within),
    storageTypeState: () => read().storageTypeState(id, within),
    ...keyFactReaders(read, question),
  };
}
