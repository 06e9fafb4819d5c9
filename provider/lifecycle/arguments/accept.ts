import { rules } from "../../rules/index.js";
import type { VaultKind } from "../../vaults/vaultId.js";
import { list, type Parse } from "./parse.js";
import { oneOf } from "./values.js";

/** Only what rests on others' experience may be overridden; what rests on Microsoft's word may not. */
export const acceptCodes = (...kinds: VaultKind[]): Parse =>
  list(oneOf(...rules.filter((rule) => kinds.includes(rule.resource) && rule.overridable).map((rule) => rule.code)));
