import type { Emulator } from "../../emulator/index.js";
import type { Lifecycle } from "../../provider/host/serve.js";
import { type Engine, newlyConnected, type Recorded, type Run } from "./engine.js";
import { startElsewhere } from "./journey.js";
import { inLanes } from "./lanes.js";
import { faults, type Strike, strikesOf, struck } from "./strikes.js";

/** Runs of one resource that meet a fault at their requests, and the runs after them. */

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
  /** A run that is killed in it is in the table of `killed.test.ts`. */
  isKilledThere?: true;
  /** @param count tells one world from another */
  arrange(azure: Emulator, count: number): Promise<Scene> | Scene;
  /** What happens to the world once the resource is there, before it is updated or deleted. */
  afterCreation?(azure: Emulator, count: number): void;
}

let count = 0;

interface World extends Scene {
  engine: Engine;
  azure: Emulator;
  kind: Kind;
  operation: Operation;
  /** The resource, where it is there before the operation. */
  given?: Recorded;
}

/** All that is there before the operation. */
async function newWorld(kind: Kind, operation: Operation, engine: Engine): Promise<World> {
  const azure = await startElsewhere({ trust: true });
  azure.createResourceGroup("rg-payroll");
  count += 1;
  const mine = count;
  const world: World = { engine, azure, kind, operation, ...(await kind.arrange(azure, mine)) };
  if (operation === "create") return world;
  const { recorded, errors } = await run({ ...world, operation: "create" }, undefined, "1m");
  expect(errors).toEqual([]);
  kind.afterCreation?.(azure, mine);
  return { ...world, given: recorded };
}

function patience({ isFixed }: Kind, time: string) {
  return { timeouts: { create: time, delete: time, ...(!isFixed && { update: time }) } };
}

function run(
  { engine, azure, kind, operation, program, changed }: World,
  given: Recorded | undefined,
  time: string,
  env: Record<string, string> = azure.env,
): Promise<Run> {
  const timed = patience(kind, time);
  if (operation === "delete")
    return engine.destroy(env, given && { ...given, outputs: { ...given.outputs, ...timed } }, kind.lifecycle);
  return engine.up(env, given, { ...program, ...(operation === "update" && changed), ...timed }, kind.lifecycle);
}

/** What is wrong after a run that meets the faults at its requests, and a second run after it. */
export async function whateverMeets(kind: Kind, operation: Operation): Promise<string[]> {
  const strikes = await strikesAt(kind, operation);
  return inLanes((engine) => newWorld(kind, operation, engine), strikes, afterStrike);
}

/** The same, of runs that are only killed: at each request from the first write on. */
export async function whereverKilled(kind: Kind, operation: Operation): Promise<string[]> {
  const strikes = (await strikesAt(kind, operation)).filter(({ fault }) => isDeadly(fault));
  return inLanes((engine) => newWorld(kind, operation, engine), strikes, afterDeath);
}

const strikesAt = (kind: Kind, operation: Operation): Promise<Strike[]> =>
  strikesOf(async (engine) => {
    const world = await newWorld(kind, operation, engine);
    const journey = async () => (await run(world, world.given, "1m", firstConnection(world))).errors;
    world.azure.snapshot();
    expect(await journey()).toEqual([]);
    // The second time a process may have less to ask.
    world.azure.restore();
    const begun = world.azure.journal().length;
    expect(await journey()).toEqual([]);
    await world.azure.close();
    return world.azure.journal().slice(begun);
  }, faults);

const isDeadly = ({ times }: Strike["fault"]) => times === "always";

const firstRun = (world: World, strike: Strike): Promise<Run> =>
  struck(world.azure, strike, (time) => run(world, world.given, time, firstConnection(world)));

/** A resource that is created asks what its process then knows for all others. */
const firstConnection = ({ operation, azure }: World) =>
  operation === "create" ? newlyConnected(azure.env) : azure.env;

/** The run ends, and what it knows is recorded. Of one that breaks off, both are tried: that it ended, and that it was killed. */
async function afterStrike(world: World, strike: Strike): Promise<string[]> {
  const { azure, operation, given } = world;
  const first = await firstRun(world, strike);
  const isDone = first.errors.length === 0;
  azure.snapshot("struck");
  const wrong: string[] = [];
  if (isDone && !isAsWanted(world)) wrong.push("reported as done, and is not");
  const known = operation === "delete" && !isDone ? given : first.recorded;
  if (operation === "create" && world.isThere() && !known) wrong.push(`lost: ${first.errors}`);
  if (operation === "update" && !known) wrong.push(`forgotten: ${first.errors}`);
  wrong.push(...(await ends(world, isDone ? first : await run(world, known, "1m"))));
  if (!isDeadly(strike.fault) || world.kind.isKilledThere) return wrong;
  azure.restore("struck");
  return [...wrong, ...(await goesOnAfterDeath(world))];
}

async function afterDeath(world: World, strike: Strike): Promise<string[]> {
  await firstRun(world, strike);
  return goesOnAfterDeath(world);
}

/** Whoever is killed has recorded nothing new. */
async function goesOnAfterDeath(world: World): Promise<string[]> {
  const isLeft = world.operation === "create" && world.kind.isAdopted;
  const again = { ...world, program: { ...world.program, ...(isLeft && { adopt: true }) } };
  const wrong = await ends(world, await run(again, world.given, "1m"));
  return wrong.map((each) => `killed: ${each}`);
}

const isAsWanted = ({ operation, isThere, isChanged }: World): boolean =>
  operation === "update" ? isChanged?.() === true : isThere() === (operation === "create");

/** The last run has done what it was for. After a creation, a refresh keeps what was created, and it can be deleted. */
async function ends(world: World, { recorded, errors }: Run): Promise<string[]> {
  const wrong = [
    ...(errors.length > 0 ? [`the next run fails: ${errors}`] : []),
    ...(isAsWanted(world) ? [] : ["the next run does not complete it"]),
  ];
  if (world.operation !== "create") return wrong;
  const { engine, azure, kind, isThere } = world;
  const left = await engine.refresh(azure.env, recorded, kind.lifecycle);
  // With time, whatever the run before it was given.
  const end = await run({ ...world, operation: "delete" }, left, "1m");
  return [
    ...wrong,
    ...(left ? [] : ["a refresh forgets it"]),
    ...(end.errors.length > 0 || isThere() ? [`it cannot be deleted: ${end.errors}`] : []),
  ];
}
