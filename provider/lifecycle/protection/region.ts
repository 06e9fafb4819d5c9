import { isArmError, type OperationOptions, previewDeadline } from "../../azure/index.js";
import type { Context } from "../../host/context.js";
import { regionOf } from "../../rules/index.js";
import { type Body, textAt } from "../../vaults/body.js";
import { isUnknown } from "../../vaults/unknowns.js";
import { isValue } from "../../vaults/values.js";
import { kindOf } from "../../vaults/vaultId.js";
import { messageOf, recentReads, sharedFacts } from "../run/facts.js";
import { nothingMissing, type Prerequisites } from "../vault/prerequisites.js";
import { services } from "../vault/services.js";
import { regionNotChecked, sourceElsewhere } from "./wording.js";

/** The region that the program gives a vault, or that Azure shows. Undefined: there is none yet. */
export async function vaultRegion(context: Context, vault: string): Promise<string | undefined> {
  const declared = context.run.regions.get(vault.toLowerCase());
  if (declared !== undefined && !isUnknown(declared)) return declared;
  return (await recentVault(context, vault, previewDeadline()))?.location;
}

const recentVault = (context: Context, vault: string, options: OperationOptions): Promise<Body | undefined> =>
  services[kindOf(vault)].vaults(recentReads(context)).get(vault, options);

/**
 * "This setting allows customers to configure backups for datasources from different region":
 * https://learn.microsoft.com/javascript/api/@azure/arm-recoveryservices/regionofchoicesettings
 */
export const backsUpOtherRegions = (vault: Body | undefined): boolean =>
  isValue("Enabled", textAt(vault, "properties.regionOfChoiceSettings.status"));

/** The region that a request names for its source. What the list of its group does not show is where the vault is. */
export async function regionOfSource(
  context: Context,
  sourceId: string,
  vault: Body,
  options: OperationOptions,
): Promise<string> {
  const own = backsUpOtherRegions(vault) ? await sharedFacts(context).locationOf(sourceId, options) : undefined;
  return own ?? vault.location ?? "";
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
    if (backsUpOtherRegions(await recentVault(context, vault, previewDeadline()))) return nothingMissing;
    return { missing: [sourceElsewhere(name, kindOf(vault), { id: sourceId, region: source }, region)], notes: [] };
  } catch (error) {
    // Its group is still to come, or nobody lets the caller see it.
    if (isArmError(error) && error.status === 404) return nothingMissing;
    return { missing: [], notes: [regionNotChecked(name, messageOf(error))] };
  }
}
