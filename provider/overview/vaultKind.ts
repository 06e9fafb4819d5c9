import type { Azure, OperationOptions } from "../azure/index.js";
import type { VaultInputs } from "../lifecycle/vault/vaultInputs.js";
import type { ListedVault, OverviewType } from "./overviewType.js";
import { readOverview } from "./readOverview.js";
import type { VaultOverview } from "./vaultOverview.js";

/** One of Azure's two kinds of vaults, as an overview finds them. */
export interface VaultKind {
  name: VaultOverview["kind"];
  find(azure: Azure, vaultId: string, within: OperationOptions): Promise<FoundVault | undefined>;
  list(azure: Azure, subscriptionId: string, within: OperationOptions): Promise<FoundVault[]>;
}

export interface FoundVault {
  id: string;
  overview(within: OperationOptions): Promise<VaultOverview>;
}

export function vaultKind<I extends VaultInputs, R extends ListedVault>(kind: OverviewType<I, R>): VaultKind {
  const { type } = kind;
  const found = (azure: Azure, id: string, live: R): FoundVault => ({
    id,
    overview: (within) => readOverview(azure, kind, id, live, within),
  });
  return {
    name: type.kind,
    async find(azure, vaultId, within) {
      const live = await type.vaults(azure).get(vaultId, within);
      return live && found(azure, vaultId, live);
    },
    async list(azure, subscriptionId, within) {
      const all = await kind.list(azure, subscriptionId, within);
      return all.map((live) => {
        if (live.id) return found(azure, live.id, live);
        throw new Error("Azure's list shows a vault without an id.");
      });
    },
  };
}
