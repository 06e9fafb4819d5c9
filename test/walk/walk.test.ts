import fc from "fast-check";
import { connect } from "../../provider/azure/index.js";
import { beginRun } from "../../provider/host/run.js";
import { serve } from "../../provider/host/serve.js";
import { backupVault, recoveryServicesVault } from "../../provider/lifecycle/vault/lifecycle.js";
import { anyStep, type Step } from "./steps.js";
import { createWorld, type World } from "./world.js";

/**
 * What Azure refuses although the plan has said nothing of it, each with its reason. By Azure's code.
 */
const exceptions: Record<string, string> = {};

let world: World;
let count = 0;

beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.emulator.close());

const lifecycles = { BackupVault: backupVault, RecoveryServicesVault: recoveryServicesVault };

/** Takes a step as the engine does, and says what was wrong with it: nothing where the plan was right. */
async function take(step: Step): Promise<string | undefined> {
  const { kind, before, after } = step;
  const vaultName = `walk-${++count}`;
  const id = world.idOf(kind, vaultName);
  world.arrange(step, vaultName);
  const warnings: string[] = [];
  const azure = connect(() => undefined, world.emulator.env);
  const warn = async (message: string) => void warnings.push(message);
  const handlers = serve(lifecycles[kind], {
    warn,
    setting: () => undefined,
    run: beginRun(),
    env: world.emulator.env,
    azure: () => azure,
  });
  const argumentsOf = (settings: object) => world.argumentsOf(kind, vaultName, settings as Record<string, unknown>);
  try {
    // The vault exists, so a check of it as a new one only makes its arguments canonical.
    const olds = before ? (await handlers.check({}, { ...argumentsOf(before), adopt: false })).inputs : {};
    const state = { ...olds, provisioningState: "Succeeded" };
    warnings.length = 0;
    if (!after) {
      await handlers.delete(id, state);
      return undefined;
    }
    const { inputs, failures } = await handlers.check(olds, argumentsOf(after));
    if (failures.length > 0) return undefined;
    if (!before) await handlers.create(inputs);
    else {
      const { changes } = await handlers.diff(id, state, inputs);
      if (changes) await handlers.update(id, state, inputs);
    }
  } catch (error) {
    return unforeseen((error as Error).message, warnings, !after);
  } finally {
    if (world.emulator.vault(id)) world.emulator.setVault(id, undefined);
  }
  return undefined;
}

/** Refused by Azure, or by a rule that had been silent: then the plan has promised too much. */
function unforeseen(message: string, warnings: string[], isDeletion: boolean): string | undefined {
  const isSaid = (rule: string) => warnings.some((warning) => warning.startsWith(`${rule}: `));
  const azures = /\((\w+), HTTP \d+/.exec(message)?.[1];
  if (azures !== undefined && (azures in exceptions || rulesOf(azures).some(isSaid))) return undefined;
  // Nobody is asked about a deletion before it. Whatever else was a warning or undecided has been said.
  const rules = [...message.matchAll(/\b((?:rsv-)?[a-z]+(?:-[a-z]+)+): /g)].map(([, code]) => code as string);
  if (azures === undefined && rules.length > 0 && (isDeletion || rules.every(isSaid))) return undefined;
  const said = warnings.length > 0 ? `\nThe plan said: ${warnings.join("\n")}` : "\nThe plan said nothing.";
  return `${azures === undefined ? "Only `up` refuses" : `Azure refuses by ${azures}`}: ${message}${said}`;
}

/** Azure's codes that are published stand for several rules each. */
const published: Record<string, string[]> = {
  UserErrorCMKMissingMangedIdentityPermissionOnKeyVault: ["cmk-access-missing", "kek-identity-not-attached"],
  CloudServiceRetryableError: ["delete-cmk-broken"],
  UserErrorCMKKeyVaultAuthFailure: ["cmk-key-missing", "cmk-access-missing", "rsv-cmk-access-missing"],
};

/** `EmulatorUnverifiedCmkDisabled` is `cmk-disabled`. */
const rulesOf = (code: string): string[] =>
  published[code] ?? [
    code
      .replace(/^EmulatorUnverified/, "")
      .replace(/(?!^)[A-Z]/g, (letter) => `-${letter}`)
      .toLowerCase(),
  ];

// The same steps each time: what a change must pass is not left to chance. `npm run walk` takes others.
const { WALK_STEPS = "2000", WALK_SEED = "9001", WALK_PATH: path } = process.env;
/** Walks at once: each waits for Azure now and then. */
const walks = path === undefined ? 8 : 1;

test(`whatever Azure refuses, the plan has refused or left undecided, in ${WALK_STEPS} random steps`, async () => {
  const property = fc.asyncProperty(anyStep, async (step) => {
    const wrong = await take(step);
    if (wrong !== undefined) throw new Error(wrong);
  });
  const numRuns = Math.ceil(Number(WALK_STEPS) / walks);
  const results = await Promise.all(
    Array.from({ length: walks }, (_, index) => fc.check(property, { numRuns, seed: Number(WALK_SEED) + index, path })),
  );
  expect(results.filter(({ failed }) => failed).map(explained)).toEqual([]);
});

function explained({ counterexample, counterexamplePath, errorInstance, seed }: fc.RunDetails<[Step]>): string {
  const repeat = `npm run walk -- --seed ${seed} --path ${counterexamplePath}`;
  return `${(errorInstance as Error).message}\n${JSON.stringify(counterexample?.[0], undefined, 2)}\nAgain: ${repeat}`;
}
