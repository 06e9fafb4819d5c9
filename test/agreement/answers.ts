import { beginRun } from "../../provider/host/run.js";
import { serve } from "../../provider/host/serve.js";
import { readFacts } from "../../provider/lifecycle/run/facts.js";
import { backupVault } from "../../provider/lifecycle/vault/lifecycle.js";
import { factLoaders, services } from "../../provider/lifecycle/vault/services.js";
import { evaluateWithFacts, type FactName, type Transition } from "../../provider/rules/index.js";
import { readVault, type SomeSettings } from "../../provider/vaults/definitions.js";
import { forRules, liveState } from "../../provider/vaults/ruleVault.js";
import { done } from "../emulator/client.js";
import { type BothSides, groupName } from "./bothSides.js";
import { argumentsOf, bodyOf, type ProgramVault, patchOf } from "./programVault.js";

/** What one side says to a change: nothing where it makes it, else the rules that it refuses it by. */
export interface HttpResponse {
  refusedBy: string[];
  /** Refused, but not yet when the change was checked: a preview shows a warning. */
  isLate?: boolean;
  /** The rules whose warnings came before. */
  warnedOf?: string[];
}

/**
 * What our resource does with a vault that is there: as the engine does it, check, diff and update, and nothing of it
 * may have reached Azure where it refuses.
 */
export async function ourAnswer(
  sides: BothSides,
  id: string,
  before?: ProgramVault,
  after?: ProgramVault,
): Promise<HttpResponse> {
  const warnings: string[] = [];
  const warn = async (message: string) => void warnings.push(message);
  const handlers = serve(backupVault, { ...sides.context, run: beginRun(), warn });
  const where = { vaultName: decodeURIComponent(id.split("/").at(-1) ?? ""), resourceGroupName: groupName };
  const written = writesTo(sides, id);
  let isLate = false;
  const refusedBy = await refusalOf(async () => {
    // The vault exists, so a check of it as a new one only makes its arguments canonical.
    const olds = before ? (await handlers.check({}, { ...where, ...argumentsOf(before) })).inputs : {};
    const state = { ...olds, provisioningState: "Succeeded" };
    if (!after) return handlers.delete(id, state);
    const { inputs, failures } = await handlers.check(olds, { ...where, ...argumentsOf(after) });
    if (failures.length > 0) throw new Error(failures.map(({ reason }) => reason).join("\n"));
    isLate = true;
    if (!before) return handlers.create(inputs);
    const { changes, replaces } = await handlers.diff(id, state, inputs);
    if (replaces.length > 0) throw new Error(`it would be another ${replaces.join()}, and another vault`);
    return changes ? handlers.update(id, state, inputs) : undefined;
  });
  if (refusedBy.length > 0 && writesTo(sides, id) > written) refusedBy.unshift(writtenAllTheSame);
  return { refusedBy, isLate, warnedOf: warnings.flatMap(codesOf) };
}

export const writtenAllTheSame = "written all the same";

const writesTo = ({ writes }: BothSides, id: string): number => writes.get(id) ?? 0;

async function refusalOf(work: () => Promise<unknown>): Promise<string[]> {
  try {
    await work();
    return [];
  } catch (error) {
    return codesOf((error as Error).message);
  }
}

/** Each paragraph begins with its rule's code; what Azure refused has Azure's; anything else is shown as it is. */
const codesOf = (text: string): string[] => [
  ...new Set(
    text.split("\n").map((line) => /^([a-z]+(?:-[a-z]+)*): /.exec(line)?.[1] ?? azuresCodeIn(line) ?? problemIn(line)),
  ),
];

/** What is wrong with an argument, without the vault's name and the value. */
const problemIn = (line: string): string => line.replace(/^Backup vault ".*?": /, "").replace(/; it is ".*"\.$/, ".");

const azuresCodeIn = (line: string): string | undefined => /\((\w+), HTTP \d+/.exec(line)?.[1];

/** What our rules say at the moment of the write, with the facts read from the vault: for what no argument can say. */
export async function rulesAnswer(
  { azure }: BothSides,
  id: string,
  apiVersion: string,
  before?: ProgramVault,
  after?: ProgramVault,
): Promise<HttpResponse> {
  const live = await azure.backupVaults.get(id, { deadline: Date.now() + 30_000 });
  const settings = live && readVault(service, id, live);
  const proposed = { id, before: settings, after: after && wanted(id, after) };
  const transition: Transition = {
    resource: "BackupVault",
    before: before && settings && forRules(service, settings, liveState.BackupVault(live)),
    after: proposed.after && forRules(service, proposed.after),
    apiVersion,
    when: "write",
    now: Math.floor(Date.now() / 1000),
  };
  const load = (names: FactName[]) =>
    readFacts(
      factLoaders(service, () => azure, proposed),
      names,
    );
  const { verdicts } = await evaluateWithFacts(transition, [], load);
  return { refusedBy: [...new Set(verdicts.filter(({ decision }) => decision !== "warn").map(({ code }) => code))] };
}

const service = services.BackupVault;

/** A vault that nobody can write as arguments, such as one whose encryption is Disabled. */
const wanted = (id: string, vault: ProgramVault): SomeSettings => readVault(service, id, bodyOf(vault));

/** The newest, or what Azure's own refusal of a vault that is not AlwaysOn advises: an older one. */
const versionFor = (after: ProgramVault | undefined): string =>
  after && after.softDelete?.state !== "AlwaysOn" ? "2025-07-01" : "2026-06-01";

/** What Azure does with the same vault in a plain request. */
export async function azureAnswer(
  sides: BothSides,
  id: string,
  after: ProgramVault | undefined,
  apiVersion = versionFor(after),
): Promise<HttpResponse> {
  return asked(sides, id, after ? ["PUT", bodyOf(after)] : ["DELETE"], apiVersion);
}

/** The same by PATCH, where a PATCH can say it. */
export async function patchAnswer(
  sides: BothSides,
  id: string,
  before: ProgramVault,
  after: ProgramVault,
  apiVersion = versionFor(after),
): Promise<HttpResponse | undefined> {
  const body = patchOf(before, after);
  return body && asked(sides, id, ["PATCH", body], apiVersion);
}

async function asked(
  { arm, emulator }: BothSides,
  id: string,
  [method, body]: [method: string, body?: object],
  apiVersion: string,
): Promise<HttpResponse> {
  const was = emulator.vault(id);
  const answer = await arm(method, `${id}?api-version=${apiVersion}`, body);
  // Without an operation: there was nothing to do.
  if (answer.status === 200) return { refusedBy: [] };
  if (answer.status < 300) {
    const { error } = (await done(arm, answer)).body;
    return { refusedBy: error ? [ruleOf(error.code)] : [] };
  }
  // A refused request changes nothing.
  if (JSON.stringify(emulator.vault(id)) !== JSON.stringify(was)) return { refusedBy: ["changed all the same"] };
  return { refusedBy: [ruleOf(String(answer.body?.error?.code))] };
}

/** Azure's codes where they are published, by the rules that each one may stand for. */
const published: Record<string, string> = {
  BMSUserErrorInvalidInput: "retention-out-of-range or datastore-snapshot-store",
  UserErrorDisableSoftDeleteNotAllowed: "soft-delete-always-on",
  UserErrorUnsupportedVaultImmutabilityStateChange: "immutability-locked",
  UserErrorBackupVaultResourceMoveInProgress: "update-while-moving",
  UserErrorCrossRegionRestoreStateChangeNotAllowed: "crr-after-protection",
  UserErrorCMKMissingMangedIdentityPermissionOnKeyVault:
    "cmk-access-missing or kek-identity-not-attached or cmk-key-type",
  UserErrorCMKKeyVaultAuthFailure: "cmk-key-missing or cmk-access-missing",
  UserErrorCMKSoftDeleteNotEnabledOnKeyVault: "key-vault-soft-delete-off",
  UserErrorCMKPurgeProtectionNotEnabledOnKeyVault: "key-vault-purge-protection-off",
  CloudServiceRetryableError: "delete-cmk-broken",
};

/** `EmulatorUnverifiedCmkDisabled` is `cmk-disabled`. */
const ruleOf = (code: string): string =>
  published[code] ??
  code
    .replace(/^EmulatorUnverified/, "")
    .replace(/(?!^)[A-Z]/g, (letter) => `-${letter}`)
    .toLowerCase();
