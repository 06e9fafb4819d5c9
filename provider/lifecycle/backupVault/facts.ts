import type { AzureFacts } from "../../azure/index.js";
import type { FactLoaders } from "../readFacts.js";
import { keyFactReaders } from "../vault/keyFacts.js";
import type { BackupVaultQuestion } from "./proposedChange.js";

/** How each fact about a Backup vault is read. */
export function factLoaders(read: () => AzureFacts, proposed: BackupVaultQuestion): FactLoaders {
  const { id, deadline } = proposed;
  const within = deadline === undefined ? undefined : { deadline };
  return {
    protection: () => read().instances(id, within),
    deleted: () => read().deletedInstances(id, within),
    policies: () => read().policyNames(id, within),
    ...keyFactReaders(read, proposed),
  };
}
