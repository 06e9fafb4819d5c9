import type { Emulator } from "../../emulator/index.js";
import { resourceGuard } from "../../provider/lifecycle/resourceGuard.js";
import { resourceGuardAssociation } from "../../provider/lifecycle/resourceGuardAssociation.js";
import { atEach, closeWorlds, type Kind, type Operation } from "./nothingLost.js";

afterAll(closeWorlds);

const providersOf = ({ env }: Emulator) =>
  `/subscriptions/${env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-payroll/providers/Microsoft.DataProtection`;

const kinds: Record<"guard" | "association", Kind> = {
  guard: {
    lifecycle: resourceGuard,
    isAdopted: true,
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

test.each(all)(
  "whatever meets each request of a %s's %s, nothing is lost and the next run completes it",
  async (what, operation) => {
    expect(await atEach(kinds[what], operation, false)).toEqual([]);
  },
);

test.each(all)("a run that is killed in a %s's %s is made good by the next one", async (what, operation) => {
  expect(await atEach(kinds[what], operation, true)).toEqual([]);
});
