import type { ListedVault, Live } from "../../review/index.js";
import { vaultId } from "./previews.js";

/** An Azure in which one Backup vault is listed, and nothing else can be asked. */
export const azureWith = (
  encryption: ListedVault["encryption"],
  principalId: string,
  userAssigned: string[],
): Live => ({
  resourcesIn: async () => ({ value: [] }),
  vault: async () => ({ unreadable: "not asked" }),
  facts: async () => ({}),
  vaults: async () => ({
    vaults: [
      {
        ...{ kind: "BackupVault", id: vaultId(), name: "payroll", isGuarded: false },
        ...(encryption && { encryption }),
        ...{ principalId, userAssigned },
      },
    ],
    unread: [],
  }),
});
