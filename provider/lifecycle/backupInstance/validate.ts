import { isArmError, previewDeadline } from "../../azure/index.js";
import type { Context } from "../../host/context.js";
import { type BackupInstanceInputs, createBody } from "../../instances/backupInstance.js";
import { containsUnknown } from "../../vaults/unknowns.js";
import { regionOfSource } from "../protection/region.js";
import { messageOf, recentReads } from "../run/facts.js";
import type { Prerequisites } from "../vault/prerequisites.js";
import { isAboutPermission } from "./permissionErrors.js";
import { instanceCalled } from "./wording.js";

/**
 * What Azure itself says of a new instance, at preview. For one of which all is known and there is: what this run still has to
 * create, Azure would miss.
 *
 * https://learn.microsoft.com/rest/api/dataprotection/backup-instances/validate-for-backup
 */
export async function validateInPreview(context: Context, inputs: BackupInstanceInputs): Promise<Prerequisites> {
  if (containsUnknown(inputs)) return { missing: [], notes: [] };
  const { vault } = inputs;
  const { backupInstances } = context.azure();
  try {
    const live = await recentReads(context).backupVaults.get(vault, previewDeadline());
    const region = await regionOfSource(context, inputs.dataSourceId, live ?? {}, previewDeadline());
    await backupInstances.validateForBackup(vault, createBody(inputs, region).properties, previewDeadline());
    return { missing: [], notes: [] };
  } catch (error) {
    const isRefused = isArmError(error) && /UserError/.test(error.code) && !isAboutPermission(error);
    return isRefused
      ? { missing: [refusedByAzure(inputs, messageOf(error))], notes: [] }
      : { missing: [], notes: [notValidated(inputs, messageOf(error))] };
  }
}

const refusedByAzure = (inputs: BackupInstanceInputs, azures: string): string =>
  `${instanceCalled(inputs)}: Azure's validation refuses it: ${azures} ` +
  "https://learn.microsoft.com/rest/api/dataprotection/backup-instances/validate-for-backup";

const notValidated = (inputs: BackupInstanceInputs, why: string): string =>
  `${instanceCalled(inputs)} was not validated by Azure: ${why} \`pulumi up\` sends it nonetheless, and reports what Azure says.`;
