import type { BackupVaultResource } from "../../azure/index.js";
import type { Facts } from "../../rules/index.js";
import type { BackupVaultInputs, BackupVaultSettings } from "./inputs.js";

/** One question to the rules: what shall become of which vault. */
export interface Question {
  id: string;
  before?: Partial<BackupVaultSettings>;
  after?: Partial<BackupVaultInputs>;
  /** The vault as Azure answered it, where it could be read. */
  live?: BackupVaultResource;
  when: "plan" | "write";
  /** When the facts must be read, as `Date.now()` counts. @default a minute each: a preview has no timeouts */
  deadline?: number;
  /** Facts that are known beforehand, such as why the vault could not be read. */
  facts?: Facts;
}
