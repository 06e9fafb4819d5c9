import type { Emulator } from "../../emulator/index.js";
import { lifecycles } from "../../provider/lifecycles.js";
import { type Kind, type Operation, whateverMeets } from "./nothingLost.js";

const { protectedItem } = lifecycles;

interface Source {
  source: string;
  fileShareName?: string;
  policies: [string, string];
}

function arrange(azure: Emulator, count: number, { source, fileShareName, policies }: Source) {
  const group = `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-payroll`;
  const vault = `${group}/providers/Microsoft.RecoveryServices/vaults/rsv-${count}`;
  const sourceResourceId = `${group}/providers/${source}`;
  azure.arm("PUT", vault, { location: "westeurope", sku: { name: "RS0" }, properties: {} });
  azure.vault(vault);
  if (fileShareName) azure.arm("PUT", `${sourceResourceId}/fileServices/default/shares/${fileShareName}`);
  const shares = { backupManagementType: "AzureStorage" };
  for (const name of ["shares", "more-shares"])
    azure.arm("PUT", `${vault}/backupPolicies/${name}`, { properties: shares });
  const [before, after] = policies.map((name) => `${vault}/backupPolicies/${name}`);
  type Live = { value: { properties: { policyId?: string; isScheduledForDeferredDelete?: boolean } }[] };
  const item = () =>
    (azure.arm("GET", `${vault}/backupProtectedItems`).body as Live).value
      .map(({ properties }) => properties)
      .find((each) => !each.isScheduledForDeferredDelete);
  const program = {
    vault,
    sourceResourceId,
    ...(fileShareName && { fileShareName }),
    policyId: before,
    onDelete: "delete",
    undelete: true,
  };
  return {
    program,
    changed: { policyId: after },
    isThere: () => item() !== undefined,
    isChanged: () => item()?.policyId === after,
  };
}

const kindOf = (source: Source): Kind => ({
  lifecycle: protectedItem,
  isAdopted: true,
  arrange: (azure, count) => arrange(azure, count, source),
});

const kinds: Record<string, Kind> = {
  machine: {
    ...kindOf({
      source: "Microsoft.Compute/virtualMachines/vm-1",
      policies: ["DefaultPolicy", "EnhancedPolicy"],
    }),
    isKilledThere: true,
  },
  "file share": kindOf({
    source: "Microsoft.Storage/storageAccounts/stpayroll",
    fileShareName: "salaries",
    policies: ["shares", "more-shares"],
  }),
};

const groupOf = ({ env }: Emulator) => `/subscriptions/${env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-payroll`;
const guardOf = (azure: Emulator) => `${groupOf(azure)}/providers/Microsoft.DataProtection/resourceGuards/guard`;

/** A machine whose vault gets a guard: another policy keeps its backups for less time. */
const guardedMachine: Kind = {
  ...kindOf({ source: "Microsoft.Compute/virtualMachines/vm-1", policies: ["DefaultPolicy", "week"] }),
  arrange(azure, count) {
    const scene = arrange(azure, count, {
      source: "Microsoft.Compute/virtualMachines/vm-1",
      policies: ["DefaultPolicy", "week"],
    });
    const policies = `${scene.program.vault}/backupPolicies`;
    type Live = { body: { properties: { retentionPolicy: { dailySchedule: object } } } };
    const { properties } = (azure.arm("GET", `${policies}/DefaultPolicy`) as Live).body;
    const retentionPolicy = {
      ...properties.retentionPolicy,
      dailySchedule: {
        ...properties.retentionPolicy.dailySchedule,
        retentionDuration: { count: 7, durationType: "Days" },
      },
    };
    azure.arm("PUT", `${policies}/week`, { properties: { ...properties, retentionPolicy } });
    const request = `${guardOf(azure)}/updateProtectedItemRequests/default`;
    return { ...scene, program: { ...scene.program, resourceGuardOperationRequests: [request] } };
  },
  afterCreation(azure, count) {
    const guard = guardOf(azure);
    azure.arm("PUT", guard, { location: "westeurope", properties: {} });
    const vault = `${groupOf(azure)}/providers/Microsoft.RecoveryServices/vaults/rsv-${count}`;
    const properties = { resourceGuardResourceId: guard };
    azure.arm("PUT", `${vault}/backupResourceGuardProxies/VaultProxy`, { properties });
  },
};
kinds["guarded machine"] = guardedMachine;

const all: [string, Operation][] = [
  ["machine", "create"],
  ["file share", "create"],
  ["file share", "delete"],
  ["guarded machine", "update"],
  ["guarded machine", "delete"],
];

test.concurrent.each(all)(
  "whatever meets a %s's %s, or wherever it is killed, nothing is lost and the next run completes it",
  async (what, operation) => {
    expect(await whateverMeets(kinds[what] as Kind, operation)).toEqual([]);
  },
);
