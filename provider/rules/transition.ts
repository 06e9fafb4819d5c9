import type { Vault, VaultForms } from "../vaults/ruleVault.js";
import type { VaultKind } from "../vaults/vaultId.js";
import type { Facts } from "./facts.js";

/** What a rule about vaults of kind `K` may look at. Of a vault of either kind: what both have. */
export type VaultOf<K extends VaultKind> = VaultForms[K];

export type AnyVault = VaultOf<VaultKind>;

/** What is judged: a creation (no `before`), a deletion (no `after`) or a change. */
export interface Transition {
  resource: VaultKind;
  before?: Vault;
  after?: Vault;
  facts?: Facts;
  /** The api-version that the write will use: Azure's behaviour depends on it. */
  apiVersion: string;
  /**
   * The vault was not read, and the program says all that it asks for: what is not known, also in `after`, is how the vault
   * is now. @default false
   */
  isUnread?: boolean;
  /** Whoever writes has no other api-version. @default false: it was chosen by what the vault will be */
  isOnlyApiVersion?: boolean;
  /**
   * Whether anything is sent to Azure. Only whoever sends it can say so: a change of tags is a write too, and no rule
   * compares tags. @default true: who does not know may be about to write
   */
  writes?: boolean;
  /** The one of a deletion, where a replacement writes by another. @default `apiVersion` */
  deletedBy?: string;
  /** Of a deletion: whoever makes it first deletes what the vault backs up. @default false */
  deletesItems?: boolean;
  /** At `plan` something missing may still come into being in the same run; at `write` it must be there. */
  when: "plan" | "write";
  /** At `plan`: whoever plans it knows that nothing is made before it, so that what is missing stays missing. */
  isSettled?: boolean;
  /**
   * How another provider means to get from `before` to `after`, where that is not as Azure would have it: in place
   * whatever changes, or by another vault, for which properties.
   */
  planned?: "update" | { replaces: readonly string[] };
  /**
   * Whoever writes takes the steps that Azure requires, each in a request of its own: a Recovery Services vault is
   * created without identity and gets it then, and reaches Locked through Unlocked. @default false: one request
   */
  multiRequestWrites?: boolean;
  /** Now, in Unix seconds: rules are pure and ask no clock. */
  now: number;
}
