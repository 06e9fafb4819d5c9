import { previewDeadline } from "../../azure/index.js";
import type { Context } from "../../host/context.js";
import { isSameId } from "../../instances/armId.js";
import { kindOfInputs, type ProtectedItemInputs } from "../../instances/recoveryServices/protectedItem.js";
import { vaultRegion } from "../protection/region.js";
import { messageOf } from "../run/facts.js";
import { nothingMissing, type Prerequisites } from "../vault/prerequisites.js";
import { inAnotherVault, sourceNotChecked } from "./wording.js";

/**
 * Whether another vault protects the source of a new item, in a preview: Azure refuses it, after it has accepted the request.
 * https://learn.microsoft.com/rest/api/backup/backup-status/get
 */
export async function sourceInPreview(context: Context, inputs: ProtectedItemInputs): Promise<Prerequisites> {
  const { vault, sourceResourceId: resourceId, fileShareName } = inputs;
  try {
    const location = await vaultRegion(context, vault);
    if (location === undefined) return nothingMissing;
    const source = { location, resourceId, resourceType: kindOfInputs(inputs).dataSourceType };
    const share = fileShareName === undefined ? {} : { poLogicalName: fileShareName };
    const other = await context
      .azure()
      .recoveryServicesItems.protectingVault({ ...source, ...share }, previewDeadline());
    return other === undefined || isSameId(other, vault)
      ? nothingMissing
      : { missing: [inAnotherVault(inputs, other)], notes: [] };
  } catch (error) {
    return { missing: [], notes: [sourceNotChecked(inputs, messageOf(error))] };
  }
}
