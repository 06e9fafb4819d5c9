import type { Azure } from "../azure.js";
import { type Operation, operation } from "../http/operation.js";
import { noContent } from "../http/reply.js";
import { faultOperations } from "./faults.js";
import { journalOperations } from "./journal.js";
import { settingOperations } from "./settings.js";
import { snapshotOperations } from "./snapshots.js";

/**
 * What steers the emulator from another process. No token: whoever reaches it could sign in anyway. The paths are
 * described in docs/emulator.md.
 */
export function controlOperations(azure: Azure): Operation[] {
  return [
    ...faultOperations(azure),
    ...journalOperations(azure),
    ...snapshotOperations(azure),
    ...settingOperations(azure),
    operation({
      name: "Reset",
      method: "POST",
      path: "/emulator/reset",
      answer() {
        azure.reset();
        return noContent;
      },
    }),
  ];
}
