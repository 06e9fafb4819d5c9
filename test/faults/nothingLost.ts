import type { Emulator } from "../../emulator/index.js";
import type { Lifecycle } from "../../provider/host/serve.js";
import { type Engine, engineAt, engineOf, type Recorded, type Run } from "./engine.js";
import { type AnyFault, startElsewhere } from "./journey.js";
import { someAtATime } from "./someAtATime.js";

/** Runs of one resource that meet a fault at each of their requests, and the runs after them. */

export type Operation = "create" | "update" | "delete";

/** What is there before a resource is created, and how it is looked at from outside. */
export interface Scene {
  program: Record<string, unknown>;
  /** What an update makes of the program. */
  changed?: Record<string, unknown>;
  isThere(): boolean;
  isChanged?(): boolean;
}

export interface Kind {
  lifecycle: Lifecycle;
  /** Another value of any argument makes another one, so that there is no time to say for an update. */
  isFixed?: true;
  /** Whoever is killed in a creation has to adopt what is left. */
  isAdopted: boolean;
  /** @param count tells one world from another */
  arrange(azure: Emulator, count: number): Promise<Scene> | Scene;
  /** What happens to the world once the resource is there, before it is updated or deleted. */
  afterCreation?(azure: Emulator, count: number): void;
}

const worlds: Emulator[] = [];
export const closeWorlds = () => Promise.all(worlds.map((azure) => azure.close()));

let count = 0;

interface World extends Scene {
  engine: Engine;
  azure: Emulator;
  kind: Kind;
}

async function newWorld(kind: Kind, engine: Engine): Promise<World & { count: number }> {
  const azure = await startElsewhere({ trust: true });
  worlds.push(azure);
  azure.createResourceGroup("rg-payroll");
  count += 1;
  const mine = count;
  return { engine, azure, kind, count: mine, ...(await kind.arrange(azure, mine)) };
}

function patience({ isFixed }: Kind, time: string) {
  return { timeouts: { create: time, delete: time, ...(!isFixed && { update: time }) } };
}

function run(
  operation: Operation,
  { engine, azure, kind, program, changed }: World,
  given: Recorded | undefined,
  time: string,
) {
  const timed = patience(kind, time);
  if (operation === "create") return engine.up(azure.env, given, { ...program, ...timed }, kind.lifecycle);
  if (operation === "update") return engine.up(azure.env, given, { ...program, ...changed, ...timed }, kind.lifecycle);
  return engine.destroy(azure.env, given && { ...given, outputs: { ...given.outputs, ...timed } }, kind.lifecycle);
}

const faults: Record<string, AnyFault> = {
  "503": { kind: "status", status: 503 },
  "403": { kind: "status", status: 403, code: "AuthorizationFailed" },
  "409": { kind: "status", status: 409, code: "Conflict" },
  "a connection dropped after the effect": { kind: "dropAfter" },
  "no connection from there on, after the effect": { kind: "dropAfter", times: "always" },
  "an answer that ends in the middle": { kind: "truncate" },
};

/** How one signs in is the vault's own journey. */
const services = /^(?!.*(oauth2|openid|\/metadata\/|discovery))/;

async function arranged(kind: Kind, operation: Operation, engine = engineOf("dynamic")) {
  const world = await newWorld(kind, engine);
  const given = operation === "create" ? undefined : (await run("create", world, undefined, "1m")).recorded;
  if (operation !== "create") kind.afterCreation?.(world.azure, world.count);
  return { world, given, begun: world.azure.journal().length };
}

/** What is wrong after a run that meets each fault at each of its requests, and a second run after it. */
export async function atEach(kind: Kind, operation: Operation, isKilled: boolean): Promise<string[]> {
  const { world, given, begun } = await arranged(kind, operation);
  expect((await run(operation, world, given, "1m")).errors).toEqual([]);
  const requests = world.azure
    .journal()
    .slice(begun)
    .filter(({ path }) => services.test(path));
  expect(requests.length).toBeGreaterThan(2);
  const met = Object.entries(faults).filter(([, { times }]) => !isKilled || times === "always");
  // Before its first write a run has done nothing, and takes long to give up.
  const firstWrite = requests.findIndex(({ method }) => method !== "GET");
  const all = met.flatMap(([name, fault]) =>
    requests.map(async ({ method, path }, n) => {
      if (fault.times === "always" && n < firstWrite) return [];
      const engine = engineAt(n, fault);
      const wrong = await someAtATime(() => goesOn(kind, operation, { ...fault, after: n }, isKilled, engine));
      return wrong.map((each) => `${engine.front} front, ${name} at ${n}, ${method} ${path}: ${each}`);
    }),
  );
  return (await Promise.all(all)).flat();
}

async function goesOn(
  kind: Kind,
  operation: Operation,
  fault: object,
  isKilled: boolean,
  engine: Engine,
): Promise<string[]> {
  const { world, given } = await arranged(kind, operation, engine);
  world.azure.faults.add({ path: services, ...(fault as AnyFault) });
  // Where nothing gets better, waiting for it only takes time.
  const first: Run = await run(operation, world, given, "times" in fault ? "1s" : "1m");
  world.azure.faults.clear();
  const isDone = first.errors.length === 0;
  const wrong: string[] = [];
  if (isDone && !isAsWanted(operation, world)) wrong.push("reported as done, and is not");
  // Whoever is killed has recorded nothing new.
  const known = isKilled || (operation === "delete" && !isDone) ? given : first.recorded;
  if (operation === "create" && !isKilled && world.isThere() && !known) wrong.push(`lost: ${first.errors}`);
  if (operation === "update" && !isKilled && !known) wrong.push(`forgotten: ${first.errors}`);
  const isLeft = isKilled && operation === "create" && kind.isAdopted;
  const again = { ...world, program: { ...world.program, ...(isLeft && { adopt: true }) } };
  const next = isKilled || !isDone ? await run(operation, again, known, "1m") : first;
  if (next.errors.length > 0) wrong.push(`the next run fails: ${next.errors}`);
  if (!isAsWanted(operation, world)) wrong.push("the next run does not complete it");
  if (operation === "create") wrong.push(...(await ends(world, next)));
  return wrong;
}

const isAsWanted = (operation: Operation, { isThere, isChanged }: World): boolean =>
  operation === "update" ? isChanged?.() === true : isThere() === (operation === "create");

/** A refresh keeps what was created, and it can be deleted. */
async function ends(world: World, { recorded }: Run): Promise<string[]> {
  const { engine, azure, kind, isThere } = world;
  const left = await engine.refresh(azure.env, recorded, kind.lifecycle);
  // With time, whatever the run before it was given.
  const end = await run("delete", world, left, "1m");
  return [
    ...(left ? [] : ["a refresh forgets it"]),
    ...(end.errors.length > 0 || isThere() ? [`it cannot be deleted: ${end.errors}`] : []),
  ];
}
