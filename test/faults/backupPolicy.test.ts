import type { Emulator, Fault } from "../../emulator/index.js";
import { backupPolicy } from "../../provider/lifecycle/backupPolicy.js";
import { destroy, type Recorded, type Run, up } from "./engine.js";
import { closeWorlds, startElsewhere } from "./journey.js";
import { someAtATime } from "./someAtATime.js";

afterAll(closeWorlds);

interface World {
  azure: Emulator;
  id: string;
  program: Record<string, unknown>;
}

async function newWorld(): Promise<World> {
  const azure = await startElsewhere({ trust: true });
  azure.createResourceGroup("rg-payroll");
  const vault = `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-payroll/providers/Microsoft.DataProtection/backupVaults/bv`;
  const storageSettings = [{ datastoreType: "VaultStore", type: "LocallyRedundant" }];
  azure.arm("PUT", vault, { location: "westeurope", properties: { storageSettings } });
  azure.vault(vault);
  const schedule = { every: "P1D", at: "02:00" };
  const program = { vault, policyName: "daily", dataSource: "AzureDisk", schedule, retention: [{ keep: "P30D" }] };
  return { azure, id: `${vault}/backupPolicies/daily`, program };
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

const patience = (time: string) => ({ timeouts: { create: time, delete: time } });
type Operation = "create" | "delete";

const run = (
  operation: Operation,
  { azure, program }: World,
  made: Recorded | undefined,
  time: object,
): Promise<Run> =>
  operation === "create"
    ? up(azure.env, undefined, { ...program, ...time }, backupPolicy)
    : destroy(azure.env, made && { ...made, outputs: { ...made.outputs, ...time } }, backupPolicy);

async function arranged(operation: Operation) {
  const world = await newWorld();
  const made =
    operation === "create" ? undefined : (await up(world.azure.env, undefined, world.program, backupPolicy)).recorded;
  return { world, made, begun: world.azure.journal().length };
}

const isThere = ({ azure, id }: World) => azure.arm("GET", id).status === 200;

/** A run that failed may have created the policy: who says that it is the one meant goes on. */
async function converges(world: World, { recorded }: Run): Promise<string[]> {
  const { env } = world.azure;
  const isLeft = !recorded && isThere(world);
  const adopting = { ...world.program, ...(isLeft && { adopt: true }) };
  const refused = isLeft ? (await up(env, undefined, world.program, backupPolicy)).errors.join() : "adopt: true";
  const next = await up(env, recorded, adopting, backupPolicy);
  const end = await destroy(env, next.recorded, backupPolicy);
  return [
    ...(refused.includes("adopt: true") ? [] : [`does not say how to go on: ${refused}`]),
    ...next.errors,
    ...end.errors,
    ...(isThere(world) ? ["is still there"] : []),
  ];
}

/** A deletion that failed is made again; one that claims success has deleted. */
async function goes(world: World, { recorded, errors }: Run): Promise<string[]> {
  const wrong = errors.length === 0 && isThere(world) ? ["is said to be deleted, and is there"] : [];
  const end = await destroy(world.azure.env, recorded, backupPolicy);
  return [...wrong, ...end.errors, ...(isThere(world) ? ["is still there"] : [])];
}

test.each([
  ["create", converges],
  ["delete", goes],
] as const)(
  "whatever meets any request of a %s, the next run makes it good",
  async (operation, then) => {
    const first = await arranged(operation);
    expect((await run(operation, first.world, first.made, {})).errors).toEqual([]);
    const requests = first.world.azure
      .journal()
      .slice(first.begun)
      .filter(({ path }) => services.test(path));
    expect(requests.length).toBeGreaterThan(2);

    async function at(n: number, name: string, fault: AnyFault): Promise<string[]> {
      const { world, made } = await arranged(operation);
      world.azure.faults.add({ path: services, ...fault, after: n });
      const met = await run(operation, world, made, "times" in fault ? patience("1s") : {});
      world.azure.faults.clear();
      const wrong = await then(world, met);
      await world.azure.close();
      return wrong.map((each) => `${name} at ${n}, ${requests[n]?.method} ${requests[n]?.path.split("?")[0]}: ${each}`);
    }
    const all = Object.entries(faults).flatMap(([name, fault]) =>
      requests.map((_, n) => someAtATime(() => at(n, name, fault))),
    );
    expect((await Promise.all(all)).flat()).toEqual([]);
  },
  600_000,
);
