import type { Emulator } from "../../emulator/index.js";
import { lifecycles } from "../../provider/lifecycles.js";
import { type Kind, type Operation, whateverMeets } from "./nothingLost.js";

const { resourceGuard, resourceGuardAssociation } = lifecycles;

const providersOf = ({ env }: Emulator) =>
  `/subscriptions/${env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-payroll/providers/Microsoft.DataProtection`;

const kinds: Record<"guard" | "association", Kind> = {
  guard: {
    lifecycle: resourceGuard,
    isAdopted: true,
    isKilledThere: true,
    arrange(azure, count) {
      const id = `${providersOf(azure)}/resourceGuards/guard-${count}`;
      const program = { resourceGuardName: `guard-${count}`, resourceGroupName: "rg-payroll", location: "westeurope" };
      return { program, isThere: () => azure.arm("GET", id).status === 200 };
    },
  },
  association: {
    lifecycle: resourceGuardAssociation,
    isFixed: true,
    isAdopted: false,
    isKilledThere: true,
    arrange(azure, count) {
      const vault = `${providersOf(azure)}/backupVaults/bv-${count}`;
      const guard = `${providersOf(azure)}/resourceGuards/guard-${count}`;
      const storageSettings = [{ datastoreType: "VaultStore", type: "LocallyRedundant" }];
      azure.arm("PUT", vault, { location: "westeurope", properties: { storageSettings } });
      azure.arm("PUT", guard, { location: "westeurope", properties: {} });
      const id = `${vault}/backupResourceGuardProxies/DppResourceGuardProxy`;
      const program = { vault, resourceGuard: guard };
      return { program, isThere: () => azure.arm("GET", id).status === 200 };
    },
  },
};

const all = (["guard", "association"] as const).flatMap((what) =>
  (["create", "delete"] as const).map((operation): [keyof typeof kinds, Operation] => [what, operation]),
);

test.concurrent.each(all)(
  "whatever meets a %s's %s, nothing is lost and the next run completes it",
  async (what, operation) => {
    expect(await whateverMeets(kinds[what], operation)).toEqual([]);
  },
);
