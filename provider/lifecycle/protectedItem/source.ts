import { type BackupSource, previewDeadline } from "../../azure/index.js";
import type { Context } from "../../host/context.js";
import { isSameId } from "../../instances/armId.js";
import { kindOfInputs, type ProtectedItemInputs } from "../../instances/recoveryServices/protectedItem.js";
import { vaultRegion } from "../protection/region.js";
import { messageOf } from "../run/facts.js";
import { nothingMissing, type Prerequisites, together } from "../vault/prerequisites.js";
import { accountInAnotherVault, accountNotChecked, inAnotherVault, sourceNotChecked } from "./wording.js";

/**
 * Whether another vault protects the source of a new item, or another share of its storage account, in a preview: Azure refuses it,
 * for a machine after it has accepted the request.
 * https://learn.microsoft.com/rest/api/backup/backup-status/get
 */
export async function elsewhereInPreview(context: Context, inputs: ProtectedItemInputs): Promise<Prerequisites> {
  const { fileShareName } = inputs;
  if (fileShareName === undefined) return elsewhere(context, inputs, {}, sourceWords);
  const account = await elsewhere(context, inputs, {}, accountWords);
  if (account.missing.length > 0) return account;
  return together(account, await elsewhere(context, inputs, { poLogicalName: fileShareName }, sourceWords));
}

const sourceWords = { refused: inAnotherVault, notChecked: sourceNotChecked };
const accountWords = { refused: accountInAnotherVault, notChecked: accountNotChecked };

async function elsewhere(
  context: Context,
  inputs: ProtectedItemInputs,
  share: Pick<BackupSource, "poLogicalName">,
  { refused, notChecked }: typeof sourceWords,
): Promise<Prerequisites> {
  const { vault, sourceResourceId: resourceId } = inputs;
  try {
    const location = await vaultRegion(context, vault);
    if (location === undefined) return nothingMissing;
    const source = { location, resourceId, resourceType: kindOfInputs(inputs).dataSourceType, ...share };
    const other = await protectingVault(context, source);
    return other === undefined || isSameId(other, vault)
      ? nothingMissing
      : { missing: [refused(inputs, other)], notes: [] };
  } catch (error) {
    return { missing: [], notes: [notChecked(inputs, messageOf(error))] };
  }
}

/** The shares of an account ask about it once. */
function protectingVault({ run, azure }: Context, source: BackupSource): Promise<string | undefined> {
  const key = JSON.stringify(source).toLowerCase();
  const known = run.protectingVaults.get(key);
  if (known) return known;
  const asked = azure().recoveryServicesItems.protectingVault(source, previewDeadline());
  run.protectingVaults.set(key, asked);
  return asked;
}
