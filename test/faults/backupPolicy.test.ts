import type { Emulator } from "../../emulator/index.js";
import type { Lifecycle } from "../../provider/host/serve.js";
import { lifecycles } from "../../provider/lifecycles.js";
import { type Engine, newlyConnected, type Recorded, type Run } from "./engine.js";
import { startElsewhere } from "./journey.js";
import { inLanes } from "./lanes.js";
import { type Faults, faults, type Strike, strikesOf, struck } from "./strikes.js";

const { backupPolicy, recoveryServicesBackupPolicy } = lifecycles;

/** A policy in a vault of either kind. */
interface Kind {
  lifecycle: Lifecycle;
  vaultType: string;
  vaultBody: object;
  contents: object;
}

const schedule = { every: "P1D", at: "02:00" };
const kinds: Record<string, Kind> = {
  BackupPolicy: {
    lifecycle: backupPolicy,
    vaultType: "Microsoft.DataProtection/backupVaults",
    vaultBody: { properties: { storageSettings: [{ datastoreType: "VaultStore", type: "LocallyRedundant" }] } },
    contents: { dataSource: "AzureDisk", schedule, retention: [{ keep: "P30D" }] },
  },
  RecoveryServicesBackupPolicy: {
    lifecycle: recoveryServicesBackupPolicy,
    vaultType: "Microsoft.RecoveryServices/vaults",
    vaultBody: { sku: { name: "Standard" }, properties: {} },
    contents: { dataSource: "VM", schedule, retention: [{ keep: "P30D" }] },
  },
};

interface World {
  engine: Engine;
  azure: Emulator;
  id: string;
  program: Record<string, unknown>;
  lifecycle: Lifecycle;
  /** The policy, where it is there before the operation. */
  made?: Recorded;
}

async function newWorld(kind: Kind, operation: Operation, engine: Engine): Promise<World> {
  const azure = await startElsewhere({ trust: true });
  azure.createResourceGroup("rg-payroll");
  const world: World = { engine, azure, lifecycle: kind.lifecycle, ...inVault(azure, kind) };
  if (operation === "create") return world;
  return { ...world, made: (await engine.up(azure.env, undefined, world.program, kind.lifecycle)).recorded };
}

function inVault(azure: Emulator, { vaultType, vaultBody, contents }: Kind) {
  const vault = `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-payroll/providers/${vaultType}/payroll`;
  azure.arm("PUT", vault, { location: "westeurope", ...vaultBody });
  azure.vault(vault);
  return { id: `${vault}/backupPolicies/daily`, program: { vault, policyName: "daily", ...contents } };
}

const policyFaults: Faults = {
  ...faults,
  "no connection from there on, and no effect": {
    fault: { kind: "dropBefore", times: "always" },
    at: "from each write on",
  },
  "an outage from there on": { fault: { kind: "status", status: 503, times: "always" }, at: "from each write on" },
  "a 404 of nobody": { fault: { kind: "status", status: 404, code: "NotFound" }, at: "each request" },
};

const patience = (time: string) => ({ timeouts: { create: time, update: time, delete: time } });
type Operation = "create" | "update" | "delete";

/** What Azure changes of a policy in place, and applies to what uses it. */
const changed = { schedule: { every: "P1D", at: "03:00" } };

function run(operation: Operation, { engine, azure, program, lifecycle, made }: World, time: object): Promise<Run> {
  // A policy that is created asks what its process then knows for all others.
  const env = operation === "create" ? newlyConnected(azure.env) : azure.env;
  const wanted = { ...program, ...(operation === "update" && changed), ...time };
  return operation === "delete"
    ? engine.destroy(env, made && { ...made, outputs: { ...made.outputs, ...time } }, lifecycle)
    : engine.up(env, made, wanted, lifecycle);
}

const isThere = ({ azure, id }: Pick<World, "azure" | "id">) => azure.arm("GET", id).status === 200;

const isChanged = ({ azure, id }: Pick<World, "azure" | "id">) =>
  JSON.stringify(azure.arm("GET", id).body).includes("T03:00");

/** A run that failed may have created the policy: who says that it is the one meant goes on. */
async function converges(world: World, { recorded }: Run): Promise<string[]> {
  const { program, lifecycle } = world;
  const { env } = world.azure;
  const { up, destroy } = world.engine;
  const isLeft = !recorded && isThere(world);
  const adopting = { ...program, ...(isLeft && { adopt: true }) };
  const refused = isLeft ? (await up(env, undefined, program, lifecycle)).errors.join() : "adopt: true";
  const next = await up(env, recorded, adopting, lifecycle);
  const end = await destroy(env, next.recorded, lifecycle);
  return [
    ...(refused.includes("adopt: true") ? [] : [`does not say how to go on: ${refused}`]),
    ...next.errors,
    ...end.errors,
    ...(isThere(world) ? ["is still there"] : []),
  ];
}

/** What is recorded after a change is what Azure has, and the next run makes it what the program says. */
async function changes(world: World, { recorded, errors }: Run): Promise<string[]> {
  const { azure, program, lifecycle } = world;
  const wrong = errors.length === 0 && !isChanged(world) ? ["is said to be changed, and is not"] : [];
  const next = await world.engine.up(azure.env, recorded, { ...program, ...changed }, lifecycle);
  return [...wrong, ...next.errors, ...(isChanged(world) ? [] : ["is not changed in the end"])];
}

/** A deletion that failed is made again; one that claims success has deleted. */
async function goes(world: World, { recorded, errors }: Run): Promise<string[]> {
  const wrong = errors.length === 0 && isThere(world) ? ["is said to be deleted, and is there"] : [];
  // The next run has time again.
  const { timeouts: _, ...outputs } = recorded?.outputs ?? {};
  const end = await world.engine.destroy(world.azure.env, recorded && { ...recorded, outputs }, world.lifecycle);
  return [...wrong, ...end.errors, ...(isThere(world) ? ["is still there"] : [])];
}

test.concurrent.each([
  ["BackupPolicy", "create", converges],
  ["BackupPolicy", "delete", goes],
  ["RecoveryServicesBackupPolicy", "create", converges],
  ["RecoveryServicesBackupPolicy", "update", changes],
  ["RecoveryServicesBackupPolicy", "delete", goes],
] as const)("whatever meets the requests of %s: %s, the next run makes it good", async (name, operation, then) => {
  const kind = kinds[name] as Kind;
  const strikes = await strikesOf(async (engine) => {
    const world = await newWorld(kind, operation, engine);
    const begun = world.azure.journal().length;
    expect((await run(operation, world, {})).errors).toEqual([]);
    await world.azure.close();
    return world.azure.journal().slice(begun);
  }, policyFaults);

  async function attempt(world: World, strike: Strike): Promise<string[]> {
    return then(world, await struck(world.azure, strike, (time) => run(operation, world, patience(time))));
  }
  expect(await inLanes((engine) => newWorld(kind, operation, engine), strikes, attempt)).toEqual([]);
});
