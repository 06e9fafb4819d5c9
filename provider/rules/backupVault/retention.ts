import { type Maybe, unknown, type Vault } from "../../vaults/ruleVault.js";
import type { fromTo } from "../findings.js";
import type { Change } from "../rule.js";
import { stateOf } from "../stateMachine.js";
import { any, differs, type Truth } from "../truth.js";
import { shown } from "../wording.js";
import { softDelete } from "./softDeleteAlwaysOn.js";

/** https://learn.microsoft.com/azure/backup/secure-by-default (checked 2026-11) */
export const retentionDays = { least: 14, most: 180, whenAbsent: 14 };

const property = "softDelete.retentionDurationInDays";

export const retentionOf = ({ softDelete }: Vault): Maybe<number> =>
  softDelete?.retentionDurationInDays ?? retentionDays.whenAbsent;

/** Whether the write says anything new about soft delete: an old vault is not judged for what it has. */
export function isRetentionTouched({ operation, before, after }: Change): Truth {
  if (!after || operation === "replace") return "no";
  if (!before) return "yes";
  return any(
    differs(retentionOf(before), retentionOf(after)),
    differs(stateOf(softDelete, before), stateOf(softDelete, after)),
  );
}

export function retentionEnds({ before, after }: Change): Pick<ReturnType<typeof fromTo>, "property" | "from" | "to"> {
  return { property, from: before ? days(before) : "", to: after ? days(after) : "" };
}

function days(vault: Vault): string {
  const given = vault.softDelete?.retentionDurationInDays;
  if (given === unknown) return shown(given);
  return given === undefined || given === null ? `${retentionDays.whenAbsent} (Azure's default)` : shown(given);
}
