import { ArmError } from "../../http/armError.js";
import { operation } from "../../http/operation.js";
import { unverified } from "../backupError.js";
import { effectOn, refuseWhileWritingInstance } from "../backupInstances/path.js";
import { undeleteInstance } from "../endInstance.js";
import { requireVault } from "../vaultPath.js";
import { deletedInstancePath } from "./path.js";

/** Recorded: 200 without an operation, also while another vault protects the data source. */
export const undelete = operation({
  name: "DeletedBackupInstances_Undelete",
  method: "POST",
  path: `${deletedInstancePath}/undelete`,
  answer(call) {
    const vault = requireVault(call);
    const { instance: key } = effectOn(vault, call.params.backupInstanceName);
    const instance = vault.deletedInstances.get(key);
    if (instance === undefined) throw nothingToUndelete();
    refuseWhileWritingInstance(call, vault, key);
    if (vault.instances.has(key)) {
      const message = `There is a backup instance '${instance.name}' already. Azure's answer is not known.`;
      throw unverified("undelete-name-taken", message, 409);
    }
    undeleteInstance(call.world, vault, key, instance);
    return { status: 200 };
  },
});

// Recorded of azure-cli-extensions: test_dataprotection_backup_instance_softdelete. Without additionalInfo.
function nothingToUndelete(): ArmError {
  const message =
    "Azure resource does not exist. Please make sure required resources exist. If the issue persists, contact " +
    "Microsoft support.";
  return new ArmError(404, "UserErrorGenericResourceNotFound", message, { error: { target: null, details: null } });
}
