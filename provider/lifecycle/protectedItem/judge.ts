import type { Context } from "../../host/context.js";
import { keptIn, readPolicy } from "../../policies/recoveryServices/policy.js";
import { itemDeleted, itemReplaced } from "../../rules/index.js";
import { isUnknown } from "../../vaults/unknowns.js";
import type { ProtectionRules } from "../protection/judge.js";

/** Of file shares, some policies keep snapshots only. One that has stopped has no policy. */
async function isOperational(context: Context, policyId: string | undefined, deadline: number) {
  if (policyId === undefined || isUnknown(policyId)) return undefined;
  const found = await context
    .azure()
    .protectionPolicies.get(policyId, { deadline })
    .catch(() => undefined);
  const { dataSource, content } = found ? readPolicy(found.properties) : {};
  return dataSource && content && keptIn({ dataSource, content }).every(({ store }) => store === "OperationalStore");
}

export const itemRules: ProtectionRules = { replaced: itemReplaced, deleted: itemDeleted, isOperational };
