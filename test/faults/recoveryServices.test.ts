import type { Emulator } from "../../emulator/index.js";
import { lifecycles } from "../../provider/lifecycles.js";
import { type Engine, newlyConnected, type Recorded, type Run } from "./engine.js";
import { type Operation, startElsewhere, wrongIn } from "./journey.js";
import { inLanes } from "./lanes.js";
import { faults, type Strike, strikesOf, struck } from "./strikes.js";

const { recoveryServicesVault } = lifecycles;

// The journeys of Backup vaults, for the other kind: its creation takes several requests, and may end between any two.

const before = {
  resourceGroupName: "rg-machines",
  location: "westeurope",
  identity: { type: "SystemAssigned" },
  softDelete: { state: "AlwaysON", retentionDurationInDays: 30 },
  immutability: "Unlocked",
  tags: { owner: "machines-team" },
};
const after = { ...before, immutability: "Locked", sku: { name: "Standard" }, tags: { owner: "machines" } };
/** Locked is reached in two steps, and the identity comes after the creation. */
const programs: Record<Operation, object> = {
  create: { ...before, immutability: "Locked" },
  update: after,
  delete: before,
};

let worlds = 0;

interface World {
  engine: Engine;
  azure: Emulator;
  id: string;
  program: Record<string, unknown> & { vaultName: string };
  recorded?: Recorded;
}

async function newWorld(operation: Operation, engine: Engine): Promise<World> {
  const azure = await startElsewhere({ trust: true });
  azure.createResourceGroup("rg-machines");
  const vaultName = `rsv-machines-${++worlds}`;
  const id = `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-machines/providers/Microsoft.RecoveryServices/vaults/${vaultName}`;
  const world = { engine, azure, id, program: { ...programs[operation], vaultName } };
  if (operation === "create") return world;
  const { recorded, errors } = await engine.up(azure.env, undefined, { ...before, vaultName }, recoveryServicesVault);
  expect(errors).toEqual([]);
  return { ...world, recorded };
}

function run(operation: Operation, { engine, azure, program }: World, given: Recorded | undefined, time: string) {
  const timeouts = { create: time, update: time, delete: time };
  // A vault that is created asks what its process then knows for all others.
  const env = given ? azure.env : newlyConnected(azure.env);
  if (operation !== "delete") return engine.up(env, given, { ...program, timeouts }, recoveryServicesVault);
  const timed = given && { ...given, outputs: { ...given.outputs, timeouts } };
  return engine.destroy(azure.env, timed, recoveryServicesVault);
}

/** The operation with a fault, and then the next run, without. All that is wrong about it. */
async function complaints(operation: Operation, world: World, strike: Strike): Promise<string[]> {
  const { azure, id, program } = world;
  const begun = azure.journal().length;
  const first = await struck(azure, strike, (time) => run(operation, world, world.recorded, time));
  const wrong = first.errors.flatMap((error) => wrongIn(error, azure.env, program.vaultName));
  if (!first.recorded && azure.vault(id)) wrong.push(`forgotten: ${first.errors.join(" ")}`);
  const next = await run(operation, world, first.recorded, "1m");
  if (next.errors.length > 0) wrong.push(`the next run fails: ${next.errors.join(" ")}`);
  if (operation === "delete") {
    if (azure.vault(id)) wrong.push("the vault is still there");
    return next.recorded ? [...wrong, "still recorded"] : wrong;
  }
  const requests = azure.journal().slice(begun);
  if (requests.some(({ method }) => method === "DELETE")) wrong.push("the vault was deleted on the way");
  return [...wrong, ...unlike(world, next)];
}

function unlike({ azure, id, program }: World, { recorded }: Run): string[] {
  const vault = azure.vault(id);
  if (!vault || !recorded)
    return [`after the next run: ${vault ? "a vault" : "no vault"}, ${recorded ? "a" : "no"} record`];
  const { immutability, tags } = program as unknown as typeof before;
  const { securitySettings, provisioningState } = vault.properties;
  const wrong = [];
  if (securitySettings.immutabilitySettings?.state !== immutability) wrong.push("not as immutable as the program says");
  if (securitySettings.softDeleteSettings.softDeleteRetentionPeriodInDays !== 30) wrong.push("another retention");
  if (vault.identity?.type !== "SystemAssigned") wrong.push(`identity ${vault.identity?.type}`);
  if (vault.tags?.owner !== tags.owner) wrong.push("other tags");
  if (provisioningState !== "Succeeded" || recorded.outputs.provisioningState !== "Succeeded")
    wrong.push("not Succeeded");
  if (recorded.initErrors) wrong.push("recorded as unfinished");
  return wrong;
}

test.concurrent.each(["create", "update", "delete"] as const)(
  "%s of a Recovery Services vault meets a fault at any of its requests, and the next run finds nothing wrong",
  async (operation) => {
    const strikes = await strikesOf(async (engine) => {
      const world = await newWorld(operation, engine);
      const begun = world.azure.journal().length;
      expect((await run(operation, world, world.recorded, "1m")).errors).toEqual([]);
      await world.azure.close();
      return world.azure.journal().slice(begun);
    }, faults);
    const found = inLanes(
      (engine) => newWorld(operation, engine),
      strikes,
      (each, strike) => complaints(operation, each, strike),
    );
    expect(await found).toEqual([]);
  },
);
