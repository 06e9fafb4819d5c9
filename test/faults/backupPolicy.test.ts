import type { Emulator, Fault } from "../../emulator/index.js";
import type { Lifecycle } from "../../provider/host/serve.js";
import { backupPolicy } from "../../provider/lifecycle/backupPolicy.js";
import { recoveryServicesBackupPolicy } from "../../provider/lifecycle/recoveryServicesBackupPolicy.js";
import { type Engine, engineAt, engineOf, type Recorded, type Run } from "./engine.js";
import { closeWorlds, startElsewhere } from "./journey.js";
import { atEach, closeWorlds as closeKilled } from "./nothingLost.js";
import { someAtATime } from "./someAtATime.js";

afterAll(closeWorlds);
afterAll(closeKilled);

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
}

async function newWorld(kind: Kind, engine: Engine): Promise<World> {
  const azure = await startElsewhere({ trust: true });
  azure.createResourceGroup("rg-payroll");
  return { engine, azure, lifecycle: kind.lifecycle, ...inVault(azure, kind) };
}

function inVault(azure: Emulator, { vaultType, vaultBody, contents }: Kind) {
  const vault = `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-payroll/providers/${vaultType}/payroll`;
  azure.arm("PUT", vault, { location: "westeurope", ...vaultBody });
  azure.vault(vault);
  return { id: `${vault}/backupPolicies/daily`, program: { vault, policyName: "daily", ...contents } };
}

type AnyFault = Omit<Fault, "after">;
const faults: Record<string, AnyFault> = {
  "no connection from there on, and no effect": { kind: "dropBefore", times: "always" },
  "no connection from there on, after the effect": { kind: "dropAfter", times: "always" },
  "an outage from there on": { kind: "status", status: 503, times: "always" },
  "403": { kind: "status", status: 403, code: "AuthorizationFailed" },
  "a lost response": { kind: "dropAfter" },
  "a 404 of nobody": { kind: "status", status: 404, code: "NotFound" },
};
/** How one signs in is the vault's own journey. */
const services = /^(?!.*(oauth2|openid|\/metadata\/|discovery))/;

const patience = (time: string) => ({ timeouts: { create: time, update: time, delete: time } });
type Operation = "create" | "update" | "delete";

/** What Azure changes of a policy in place, and applies to what uses it. */
const changed = { schedule: { every: "P1D", at: "03:00" } };

function run(
  operation: Operation,
  { engine, azure, program, lifecycle }: World,
  made: Recorded | undefined,
  time: object,
): Promise<Run> {
  const wanted = { ...program, ...(operation === "update" && changed), ...time };
  return operation === "delete"
    ? engine.destroy(azure.env, made && { ...made, outputs: { ...made.outputs, ...time } }, lifecycle)
    : engine.up(azure.env, made, wanted, lifecycle);
}

async function arranged(kind: Kind, operation: Operation, engine = engineOf("dynamic")) {
  const world = await newWorld(kind, engine);
  const { azure, program, lifecycle } = world;
  const made =
    operation === "create" ? undefined : (await engine.up(azure.env, undefined, program, lifecycle)).recorded;
  return { world, made, begun: azure.journal().length };
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

test.each([
  ["BackupPolicy", "create", converges],
  ["BackupPolicy", "delete", goes],
  ["RecoveryServicesBackupPolicy", "create", converges],
  ["RecoveryServicesBackupPolicy", "update", changes],
  ["RecoveryServicesBackupPolicy", "delete", goes],
] as const)(
  "whatever meets any request of %s: %s, the next run makes it good",
  async (name, operation, then) => {
    const kind = kinds[name] as Kind;
    const first = await arranged(kind, operation);
    expect((await run(operation, first.world, first.made, {})).errors).toEqual([]);
    const requests = first.world.azure
      .journal()
      .slice(first.begun)
      .filter(({ path }) => services.test(path));
    expect(requests.length).toBeGreaterThan(2);

    async function at(n: number, fault: string, given: AnyFault): Promise<string[]> {
      const { world, made } = await arranged(kind, operation, engineAt(n, given));
      world.azure.faults.add({ path: services, ...given, after: n });
      const met = await run(operation, world, made, "times" in given ? patience("1s") : {});
      world.azure.faults.clear();
      const wrong = await then(world, met);
      await world.azure.close();
      return wrong.map(
        (each) =>
          `${world.engine.front} front, ${fault} at ${n}, ${requests[n]?.method} ${requests[n]?.path.split("?")[0]}: ${each}`,
      );
    }
    const all = Object.entries(faults).flatMap(([fault, given]) =>
      requests.map((_, n) => someAtATime(() => at(n, fault, given))),
    );
    expect((await Promise.all(all)).flat()).toEqual([]);
  },
  600_000,
);

test.each(["create", "update", "delete"] as const)(
  "a run that is killed in a %s of a policy that Azure changes in place is made good by the next one",
  async (operation) => {
    const { lifecycle, ...kind } = kinds.RecoveryServicesBackupPolicy as Kind;
    const arrange = (azure: Emulator) => {
      const { id, program } = inVault(azure, { lifecycle, ...kind });
      return { program, changed, isThere: () => isThere({ azure, id }), isChanged: () => isChanged({ azure, id }) };
    };
    expect(await atEach({ lifecycle, isAdopted: true, arrange }, operation, true)).toEqual([]);
  },
);
