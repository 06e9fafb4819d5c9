import { isArmError, previewDeadline } from "../../azure/index.js";
import type { Context } from "../../host/context.js";
import { regionOf } from "../../rules/index.js";
import { isUnknown } from "../../vaults/unknowns.js";
import { kindOf } from "../../vaults/vaultId.js";
import { messageOf, recentReads, sharedFacts } from "../run/facts.js";
import { nothingMissing, type Prerequisites } from "../vault/prerequisites.js";
import { services } from "../vault/services.js";
import { regionNotChecked, sourceElsewhere } from "./wording.js";

/** The region that the program gives a vault, or that Azure shows. Undefined: there is none yet. */
export async function vaultRegion(context: Context, vault: string): Promise<string | undefined> {
  const declared = context.run.regions.get(vault.toLowerCase());
  if (declared !== undefined && !isUnknown(declared)) return declared;
  const live = await services[kindOf(vault)].vaults(recentReads(context)).get(vault, previewDeadline());
  return live?.location;
}

/**
 * Whether what is new is in its vault's region, in a preview. What the caller cannot see, or this run creates, is left to Azure.
 *
 * @param sourceId of the resource that is backed up
 * @param name what messages call its backup
 */
export async function regionInPreview(
  context: Context,
  vault: string,
  sourceId: string,
  name: string,
): Promise<Prerequisites> {
  if (isUnknown(sourceId)) return nothingMissing;
  try {
    const source = await sharedFacts(context).locationOf(sourceId, previewDeadline());
    const region = source && (await vaultRegion(context, vault));
    if (!source || !region || regionOf(source) === regionOf(region)) return nothingMissing;
    return { missing: [sourceElsewhere(name, kindOf(vault), { id: sourceId, region: source }, region)], notes: [] };
  } catch (error) {
    // Its group is still to come, or nobody lets the caller see it.
    if (isArmError(error) && error.status === 404) return nothingMissing;
    return { missing: [], notes: [regionNotChecked(name, messageOf(error))] };
  }
}
