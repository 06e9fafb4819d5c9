import type { OperationOptions, SharedReads } from "../azure/index.js";
import { associationOutputs } from "../lifecycle/guards/associationInputs.js";
import { orUnreadable } from "../lifecycle/run/facts.js";
import { calledGuard } from "../vaults/guardId.js";
import type { ResourceGuardOverview } from "./vaultContents.js";
import type { Unreadable } from "./vaultOverview.js";

/** The guards of a vault, by what the vault itself shows: the guard may be in another tenant. Throws if it cannot be read. */
export async function readResourceGuards(
  read: Pick<SharedReads, "resourceGuardProxies" | "roleAdministrators">,
  vaultId: string,
  options: OperationOptions,
): Promise<{ guards: ResourceGuardOverview[]; unreadable: Unreadable[] }> {
  const proxies = await read.resourceGuardProxies.list(vaultId, options);
  const found = await Promise.all(
    proxies.map(async ({ properties }) => {
      const { resourceGuardResourceId: id } = properties;
      const administrators = await orUnreadable(() => read.roleAdministrators(id, options));
      const guard: ResourceGuardOverview = {
        resourceGuardId: id,
        operations: associationOutputs({ properties }).resourceGuardOperationDetails,
        ...("value" in administrators && { administrators: administrators.value }),
      };
      const what = `who may assign roles on ${calledGuard(id)}`;
      return { guard, unreadable: "unreadable" in administrators ? [{ what, why: administrators.unreadable }] : [] };
    }),
  );
  return { guards: found.map(({ guard }) => guard), unreadable: found.flatMap(({ unreadable }) => unreadable) };
}
