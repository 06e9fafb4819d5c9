import type { Context } from "../../host/context.js";
import { instanceDeleted, instanceReplaced } from "../../rules/index.js";
import type { ProtectionRules } from "../protection/judge.js";
import { recentReads } from "../run/facts.js";

/** Azure changes no policy of a Backup vault, so that one look is enough for all of its instances. */
async function isOperational(context: Context, policyId: string | undefined, deadline: number) {
  if (policyId === undefined) return undefined;
  const stores = await recentReads(context)
    .dataStoresOf(policyId, { deadline })
    .catch(() => undefined);
  return stores?.every((type) => /^operationalstore$/i.test(type));
}

export const instanceRules: ProtectionRules = { replaced: instanceReplaced, deleted: instanceDeleted, isOperational };
