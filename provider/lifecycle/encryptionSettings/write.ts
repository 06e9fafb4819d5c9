import { type BackupVaultResource, isArmError } from "../../azure/index.js";
import type { Context } from "../../host/context.js";
import type { Facts } from "../../rules/index.js";
import { durationMs } from "../arguments/values.js";
import { fromArm } from "../backupVault/fromArm.js";
import { decideWithFacts, sentences } from "../backupVault/judgement.js";
import { changeSettings } from "../backupVault/write.js";
import { messageOf } from "../messageOf.js";
import { merge } from "../vault/merge.js";
import { asSettings, type EncryptionSettingsInputs } from "./inputs.js";
import { encryptionOf } from "./live.js";
import { staysInconsistent, triesAgain, waitsForPermission, whatIsWrong } from "./wording.js";

/** Azure wants an update that it left Inconsistent made again at once; what fails so often will go on failing. */
const maxTries = 4;
/** New role assignments count after up to 10 minutes: https://learn.microsoft.com/azure/role-based-access-control/troubleshooting */
const defaultPermissionMs = 10 * 60_000;

/** Sets a vault's key, and stays at it while what stands against it goes away by itself. */
export async function writeEncryption(
  context: Context,
  inputs: EncryptionSettingsInputs,
  deadline: number,
): Promise<BackupVaultResource> {
  const { vault } = inputs;
  const given = inputs.timeouts?.permission;
  const permissionMs = given ? durationMs(given) : defaultPermissionMs;
  const permissionDeadline = Math.min(deadline, Date.now() + permissionMs);
  let inconsistent = 0;
  for (let waits = 0; ; ) {
    const failure = await tried(context, inputs, deadline);
    if (!("error" in failure)) {
      if (encryptionOf(vault, failure.live)?.state !== "Inconsistent") return failure.live;
    } else if (!(await isInconsistent(context, vault, deadline))) {
      if (!isAboutKey(failure.error)) throw failure.error;
      const { found, facts } = await preflight(context, inputs, deadline);
      const pauseMs = Math.min(500 * 2 ** waits, 15_000);
      if (found.length > 0 || !mayStillCome(facts) || Date.now() + pauseMs > permissionDeadline) {
        throw new Error(whatIsWrong(messageOf(failure.error), found), { cause: failure.error });
      }
      if (waits === 0) await context.warn(waitsForPermission(vault, Math.ceil(permissionMs / 60_000)));
      waits += 1;
      await pause(pauseMs);
      continue;
    }
    inconsistent += 1;
    if (inconsistent === maxTries || Date.now() > deadline) throw new Error(staysInconsistent(vault, inconsistent));
    if (inconsistent === 1) await context.warn(triesAgain(vault));
    await pause(1_000 * inconsistent);
  }
}

async function tried(
  context: Context,
  inputs: EncryptionSettingsInputs,
  deadline: number,
): Promise<{ live: BackupVaultResource } | { error: unknown }> {
  try {
    return { live: await changeSettings(context, inputs.vault, async () => asSettings(inputs), { deadline }) };
  } catch (error) {
    return { error };
  }
}

async function isInconsistent(context: Context, vault: string, deadline: number): Promise<boolean> {
  const live = await context.azure().backupVaults.get(vault, { deadline });
  return live !== undefined && encryptionOf(vault, live)?.state === "Inconsistent";
}

// https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk-for-backup-vault
const isAboutKey = (error: unknown) =>
  isArmError(error) && /^UserErrorCMK|^CloudServiceRetryableError$/.test(error.code);

/** What the key, its key vault and the identity's rights look like now. */
async function preflight(context: Context, inputs: EncryptionSettingsInputs, deadline: number) {
  const { vault } = inputs;
  const live = await context.azure().backupVaults.get(vault, { deadline });
  if (!live) return { found: [], facts: {} };
  const before = fromArm(vault, live);
  const question = { id: vault, before, after: merge(before, asSettings(inputs)), live, when: "write" as const };
  const { verdicts, facts } = await decideWithFacts(context, question);
  const ofKey = verdicts.filter(({ code, decision }) => decision === "refuse" || code === "cmk-access-missing");
  const isUnread = "unreadable" in (facts.access ?? {});
  const { refused, warned } = sentences(ofKey, before.vaultName);
  return { found: isUnread ? refused : [...refused, ...warned], facts };
}

/** Rights that are there, or that nobody can tell us about, may come to count yet. */
function mayStillCome({ access }: Facts): boolean {
  if (!access || "unreadable" in access) return true;
  const { get, wrap, unwrap } = access.value;
  return [get, wrap, unwrap].every((right) => right !== "no");
}

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));
