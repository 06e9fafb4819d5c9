import type { Facts } from "../../rules/index.js";
import type { VaultInputs, VaultResource } from "./vaultInputs.js";

/** One question to the rules: what shall become of which vault. */
export interface ProposedChange<I extends VaultInputs, R extends VaultResource> {
  id: string;
  before?: Partial<I>;
  after?: Partial<I>;
  /** The vault as Azure answered it, where it could be read. */
  live?: R;
  /** Whether anything will be sent to Azure. */
  writes: boolean;
  /** The arguments for which the vault is deleted and another one created. */
  replaces?: readonly string[];
  when: "plan" | "write";
  /** Nothing that this waits for is still to be made in the run: what is missing in its plan is missing. */
  isSettled?: boolean;
  /** When the facts must be read, as `Date.now()` counts. @default a minute each: a preview has no timeouts */
  deadline?: number;
  /** Facts that are known beforehand, such as why the vault could not be read. */
  facts?: Facts;
}
