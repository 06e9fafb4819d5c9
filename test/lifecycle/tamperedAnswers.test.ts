import { type Emulator, startEmulator } from "../../emulator/index.js";
import { handlerName, type ResourceTypeName } from "../../provider/vaults/resourceTypes.js";
import { type Reply, type ScriptedAzure, scriptedAzure } from "../azure/scriptedAzure.js";
import { createOneOfEach, type Made } from "../support/oneOfEach.js";
import { created, oneRun } from "../support/oneRun.js";

/*
 * Whatever one member of one answer becomes: nothing is taken for gone, nothing is written that was not asked for, and each error is a
 * sentence.
 */

type Values = Record<string, unknown>;

let emulator: Emulator;
let azure: ScriptedAzure;
let made: Made;
let recorded: Record<string, { id: string; outs: Values }>;
/** Which of the answers is tampered with, and how. */
let tamper: (body: unknown, index: number) => unknown;
let answered: unknown[];

const types = [
  "ResourceGuard",
  "ResourceGuardAssociation",
  "BackupPolicy",
  "RecoveryServicesBackupPolicy",
  "BackupInstance",
  "ProtectedItem",
] as const satisfies readonly ResourceTypeName[];
type Type = (typeof types)[number];

beforeAll(async () => {
  emulator = await startEmulator({ trust: true });
  made = await createOneOfEach(emulator);
  recorded = {};
  for (const type of types) {
    const { id, args } = made[type];
    const { props = {}, inputs = {} } = await oneRun(emulator)[handlerName(type)].read(id, {});
    recorded[type] = { id, outs: { ...args, ...inputs, ...props } };
  }
  azure = await scriptedAzure(({ method, url, body: sent }): Reply => {
    const isQuestion = method === "GET" || url.includes("/backupStatus?");
    if (!isQuestion) return { status: 400, body: { error: { code: "NotAllowed", message: "Nothing is written." } } };
    const { status, body } = emulator.arm(method, decodeURIComponent(url), sent ? JSON.parse(sent) : undefined);
    const shown = status === 200 ? tamper(body, answered.length) : body;
    if (status === 200) answered.push(body);
    return { status, body: shown };
  });
});
afterAll(async () => {
  await azure.close();
  await emulator.close();
});

const operations: Record<string, (type: Type) => Promise<unknown>> = {
  "a refresh": (type) => {
    const { id, outs } = recorded[type] ?? { id: "", outs: {} };
    return oneRun(azure)[handlerName(type)].read(id, outs);
  },
  "an adoption": (type) => {
    const adopt = type === "ResourceGuardAssociation" ? {} : { adopt: true };
    return created(oneRun(azure)[handlerName(type)], { ...made[type].args, ...adopt });
  },
  /** Of a machine, Azure is asked besides which vault protects it. */
  "a preview of another": (type) => {
    const { args } = made[type];
    const other = type === "ProtectedItem" ? { sourceResourceId: `${machineOf(args)}-other` } : { timeouts: {} };
    return oneRun(azure)[handlerName(type)].check({}, { ...args, ...other });
  },
  "a removal": (type) => {
    const { id, outs } = recorded[type] ?? { id: "", outs: {} };
    return oneRun(azure)[handlerName(type)].delete(id, { ...outs, onDelete: "delete" });
  },
};

const machineOf = (args: object) => (args as { sourceResourceId: string }).sourceResourceId;

/** The paths of all members, in a list of its first item only. */
function pathsIn(value: unknown): string[][] {
  if (Array.isArray(value)) return value.length > 0 ? [["0"], ...pathsIn(value[0]).map((path) => ["0", ...path])] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) => [[name], ...pathsIn(each).map((path) => [name, ...path])]);
}

function changed(value: unknown, [name, ...rest]: string[], change: (was: unknown) => unknown): unknown {
  if (name === undefined) return change(value);
  const copy = Array.isArray(value) ? [...value] : { ...(value as Values) };
  const become = changed((copy as Values)[name], rest, change);
  if (become === undefined && !Array.isArray(copy)) delete (copy as Values)[name];
  else (copy as Values)[name] = become;
  return copy;
}

const elsewhere =
  "/subscriptions/5b5c0000-0000-4000-8000-0000000005b5/resourceGroups/rg-other/providers/Microsoft.X/y/z";
const changes: Record<string, (was: unknown) => unknown> = {
  missing: () => undefined,
  null: () => null,
  "a number": () => 42,
  "a list": (was) => [was],
  "an object": () => ({ unexpected: true }),
  "a value of tomorrow": (was) => (typeof was === "string" ? `${was}OfTomorrow` : "OfTomorrow"),
  "another resource's ID": (was) => (typeof was === "string" && was.startsWith("/") ? elsewhere : ""),
};

const unreadable = /\n\s*at |TypeError|undefined|\[object|is not a function|Cannot read|not iterable|EmulatorBug/;

async function complaint(type: Type, operation: string): Promise<string | undefined> {
  answered = [];
  try {
    const result = await operations[operation]?.(type);
    const isGone = operation === "a refresh" && !(result as { id?: string }).id;
    if (isGone) return "it is taken for gone";
    return JSON.stringify(result ?? null).includes("[object") ? "an object in a text" : undefined;
  } catch (error) {
    const { message, reasons } = error as Error & { reasons?: string[] };
    const text = reasons?.join("\n") ?? message;
    if (unreadable.test(text)) return text;
    return (error as Error).name === "TypeError" ? `TypeError ${text}` : undefined;
  }
}

test.each(types.flatMap((type) => Object.keys(operations).map((operation) => [operation, type] as const)))(
  "%s of a %s survives any member of any answer",
  async (operation, type) => {
    tamper = (body) => body;
    expect(await complaint(type, operation)).toBeUndefined();
    const members = answered.flatMap((body, index) => pathsIn(body).map((path) => ({ index, path })));
    const all = Object.entries(changes);
    const found: string[] = [];
    for (const [turn, { index, path }] of members.entries()) {
      // What is read of the resource itself decides most, and costs one answer. Elsewhere each member is changed once.
      for (const [name, change] of operation === "a refresh" ? all : all.slice(turn % all.length).slice(0, 1)) {
        tamper = (shown, at) => (at === index ? changed(shown, path, change) : shown);
        const wrong = await complaint(type, operation);
        if (wrong !== undefined) found.push(`${path.join(".")} of answer ${index} ${name}: ${wrong}`);
      }
    }
    expect(found).toEqual([]);
  },
);
