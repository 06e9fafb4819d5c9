import type { FactReaders as AzureReaders } from "../../azure/index.js";
import type { FactReaders } from "../readFacts.js";
import { keyFactReaders } from "../vault/keyFacts.js";
import type { BackupVaultQuestion } from "./question.js";

/** How each fact about a Backup vault is read. */
export function factReaders(read: () => AzureReaders, question: BackupVaultQuestion): FactReaders {
  const { id, deadline } = question;
  const within = deadline === undefined ? undefined : { deadline };
  return {
    protection: () => read().instances(id, within),
    deleted: () => read().deletedInstances(id, within),
    policies: () => read().policyNames(id, within),
    ...keyFactReaders(read, question),
  };
}
