import { operation } from "../../http/operation.js";
import { requireVault } from "../../recoveryServices/vaultPath.js";
import { beginBelow } from "../asyncBackup.js";
import { fabricPath } from "./path.js";

/** Looks for machines that could be protected; there are none in the emulator, any may be named. */
export const refresh = operation({
  name: "ProtectionContainers_Refresh",
  method: "POST",
  path: `${fabricPath}/refreshContainers`,
  answer(call) {
    const { id } = requireVault(call).body;
    return beginBelow(call, `${id}/backupFabrics/${call.params.fabricName}`, { kind: "nothing" });
  },
});
