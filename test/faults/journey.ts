import { type Emulator, type EmulatorOptions, type JournalEntry, startEmulator } from "../../emulator/index.js";
import { type Engine, engineOf, type Recorded, type Run } from "./engine.js";
import { type Strike, struck } from "./strikes.js";

/** What is done to a vault while Azure or the way to it fails. */
export type Operation = "create" | "update" | "delete";

export const before = {
  vaultName: "bv-payroll",
  resourceGroupName: "rg-payroll",
  location: "westeurope",
  redundancy: "GeoRedundant",
  softDelete: { state: "On", retentionDurationInDays: 30 },
  immutability: "Unlocked",
  tags: { owner: "payroll-team" },
};

/** Redundancy goes by PUT, the rest alone would go by PATCH: `patched` has only such changes. */
export const after = { ...before, redundancy: "ZoneRedundant", tags: { owner: "payroll", cost: "4711" } };
export const patched = { ...before, immutability: "Disabled", tags: { owner: "payroll" } };

export interface World {
  azure: Emulator;
  /** The vault's ARM id. */
  id: string;
  program: typeof before;
  recorded?: Recorded;
  /** Through which the vault goes from the first run on. */
  engine: Engine;
}

/** A fresh Azure with all that is there before the operation begins. */
export async function newWorld(
  operation: Operation,
  program: object,
  options: EmulatorOptions = {},
  engine = engineOf("dynamic"),
): Promise<World> {
  warm ??= warmUp();
  await warm;
  const azure = await startElsewhere({ trust: true, ...options });
  azure.createResourceGroup("rg-payroll");
  // Worlds share a process, and so a vault's lock would be shared by all vaults of one id.
  const vaultName = `bv-payroll-${started.length}`;
  const id = idOf(azure, vaultName);
  const world = { azure, id, program: { ...(program as typeof before), vaultName }, engine };
  if (operation === "create") return world;
  const { recorded, errors } = await engine.up(azure.env, undefined, { ...before, vaultName });
  if (errors.length > 0) throw new Error(errors.join("\n"));
  return { ...world, recorded };
}

let warm: Promise<void> | undefined;

/** Loading Microsoft's libraries blocks everything for seconds, which is longer than some runs here are given. */
async function warmUp(): Promise<void> {
  const azure = await startElsewhere({ trust: true });
  await engineOf("dynamic").destroy(azure.env, { id: idOf(azure, before.vaultName), inputs: before, outputs: before });
  await azure.close();
}

const idOf = ({ env }: Emulator, vaultName: string) =>
  `/subscriptions/${env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-payroll/providers/Microsoft.DataProtection/backupVaults/${vaultName}`;

const used = new Set<string>();
const started: Emulator[] = [];

afterAll(() => Promise.all(started.map((azure) => azure.close())));

/** At an address that no other world had: what was asked there about the cloud is known for the life of a process. */
export async function startElsewhere(options: EmulatorOptions): Promise<Emulator> {
  const azure = await startEmulator(options);
  if (!used.has(azure.url)) {
    used.add(azure.url);
    started.push(azure);
    return azure;
  }
  const another = await startElsewhere(options);
  await azure.close();
  return another;
}

/** The same emulator by another name: the cloud's description, too, is asked for anew. */
export const anew = ({ azure }: Pick<World, "azure">) => ({
  ...azure.env,
  ARM_METADATA_HOSTNAME: azure.url.replace("https://127.0.0.1", "localhost"),
});

export const run = (operation: Operation, world: World, env: Record<string, string> = anew(world)): Promise<Run> =>
  operation === "delete"
    ? world.engine.destroy(env, world.recorded)
    : world.engine.up(env, world.recorded, world.program);

/** A user writes `timeouts` into the program, and has them in the state when the vault is deleted. */
function patience(world: World, time: string): World {
  const timeouts = { create: time, update: time, delete: time };
  const { program, recorded } = world;
  const outputs = { ...recorded?.outputs, timeouts };
  return {
    ...world,
    program: { ...program, timeouts } as typeof before,
    recorded: recorded && { ...recorded, outputs },
  };
}

/** All requests of the operation when nothing fails, from the question about the cloud on. */
export async function requestsOf(operation: Operation, program: object, engine: Engine): Promise<JournalEntry[]> {
  const world = await newWorld(operation, program, {}, engine);
  const begun = world.azure.journal().length;
  expect((await run(operation, world)).errors).toEqual([]);
  await world.azure.close();
  return world.azure.journal().slice(begun);
}

/** The operation with a fault, and then the next `up` or `destroy`, without. Everything that is wrong about it, in words. */
export async function complaints(
  operation: Operation,
  world: World,
  strike: Strike,
  env: Record<string, string>,
): Promise<string[]> {
  const { azure, id } = world;
  const begun = azure.journal().length;
  const first = await struck(azure, strike, (time) => run(operation, patience(world, time), env));
  const wrong = first.errors.flatMap((error) => wrongIn(error, azure.env, world.program.vaultName));
  if (!first.recorded && operation !== "delete" && azure.vault(id)) {
    wrong.push(`forgotten: Azure has the vault, the state does not. ${first.errors.join(" ")}`);
  }
  if (operation === "delete" && !first.recorded && azure.vault(id)) {
    wrong.push("forgotten: the vault is still there, and the run was content");
  }
  const then = { ...world, recorded: first.recorded };
  // A deletion is given what was recorded, and so the short time of the first run.
  const next = await run(operation, operation === "delete" ? patience(then, "60s") : then, azure.env);
  if (next.errors.length > 0) wrong.push(`the next run fails: ${next.errors.join(" ")}`);
  if (operation === "delete") {
    if (azure.vault(id)) wrong.push("the vault is still there");
    if (next.recorded) wrong.push("the vault is still recorded");
  } else {
    wrong.push(...unlike(world, next));
    const requests = azure.journal().slice(begun);
    if (requests.some(({ method }) => method === "DELETE")) wrong.push("the vault was deleted on the way");
  }
  return wrong;
}

/** How the vault at Azure differs from the program, and the record from both. */
export function unlike({ azure, id, program }: Omit<World, "engine">, { recorded }: Run): string[] {
  const vault = azure.vault(id);
  if (!vault || !recorded)
    return [`after the next run: ${vault ? "a vault" : "no vault"}, ${recorded ? "a" : "no"} record`];
  const { properties, tags } = vault;
  const security = properties.securitySettings;
  const has = {
    redundancy: properties.storageSettings[0].type,
    softDelete: security.softDeleteSettings,
    immutability: security.immutabilitySettings?.state ?? "Disabled",
    tags,
    provisioningState: properties.provisioningState,
  };
  const { redundancy, softDelete, immutability } = program;
  const wanted = { redundancy, softDelete, immutability, tags: program.tags, provisioningState: "Succeeded" };
  const wrong = Object.entries(wanted)
    .filter(([name, value]) => sorted(value) !== sorted(has[name as keyof typeof has]))
    .map(([name, value]) => `${name} is ${sorted(has[name as keyof typeof has])}, not ${sorted(value)}`);
  if (recorded.id !== id) wrong.push(`recorded as ${recorded.id}`);
  if (recorded.initErrors) wrong.push("recorded as unfinished");
  if (recorded.outputs.provisioningState !== "Succeeded") wrong.push("not recorded as Succeeded");
  const all = azure.arm("GET", id.slice(0, id.lastIndexOf("/"))).body as { value: unknown[] };
  if (all.value.length !== 1) wrong.push(`${all.value.length} vaults in the group`);
  return wrong;
}

const sorted = (value: unknown): string =>
  JSON.stringify(value, (_, each) =>
    each && typeof each === "object" && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );

/** What a reader of an error must not meet, and what has to be in it. */
export function wrongIn(message: string, env: Record<string, string>, name: string, longest = 1_200): string[] {
  const wrong = [];
  if (/\n\s*at |node:internal|\.ts:\d|\.js:\d/.test(message)) wrong.push("a stack trace");
  if (/undefined|\[object|EmulatorBug/.test(message)) wrong.push("what nobody can read");
  if (message.length > longest) wrong.push(`${message.length} characters`);
  if (/\beyJ/.test(message) || message.includes(env.ARM_CLIENT_SECRET ?? "-")) wrong.push("a secret");
  if (!message.includes(name)) wrong.push(`no word on ${name}`);
  return wrong.map((each) => `${each} in: ${message}`);
}
