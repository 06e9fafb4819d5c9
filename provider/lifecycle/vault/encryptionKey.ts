import { isArmError } from "../../azure/index.js";
import type { Context } from "../../host/context.js";
import { type Facts, ruleOf, type Topic } from "../../rules/index.js";
import type { Body } from "../../vaults/body.js";
import { differences, merge } from "../../vaults/compare.js";
import { readVault, type VaultInputs } from "../../vaults/definitions.js";
import { durationMs } from "../../vaults/sharedSettings.js";
import { calledById } from "../../vaults/vaultId.js";
import { pause } from "../deadlines.js";
import { messageOf } from "../run/facts.js";
import { evaluateWithFacts, type ProposedChange, sentences } from "./judge.js";
import type { VaultService } from "./services.js";

/** Azure requires an update that it left Inconsistent to be retried. After so many failures, more retries do not help. */
const maxTries = 4;
/** New role assignments take effect after up to 10 minutes: https://learn.microsoft.com/azure/role-based-access-control/troubleshooting */
const defaultPermissionMs = 10 * 60_000;

export interface KeySetting<VaultInputs> {
  /** The desired settings of the vault, including its key. */
  wanted: VaultInputs;
  /** How long to wait for new permissions to take effect. */
  permission: string | undefined;
  deadline: number;
}

/** Sets a vault's key with `write`, and retries while the cause of a failure is temporary. */
export async function setEncryptionKeyWithRetry(
  type: VaultService,
  context: Context,
  { wanted, permission, deadline }: KeySetting<VaultInputs>,
  write: () => Promise<Body>,
): Promise<Body> {
  const vault = wanted.vaultId;
  const permissionMs = permission ? durationMs(permission) : defaultPermissionMs;
  const begun = Date.now();
  const permissionDeadline = Math.min(deadline, begun + permissionMs);
  let inconsistent = 0;
  for (let waits = 0; ; ) {
    const tried = await outcomeOf(write);
    if ("live" in tried) {
      if (!isLeftInconsistent(type, vault, tried.live)) return tried.live;
    } else if (!isArmError(tried.error)) {
      throw tried.error;
    } else if (!(await isInconsistent(type, context, vault, deadline))) {
      if (!isAboutKey(tried.error)) throw tried.error;
      const { found, facts } = await preflight(type, context, wanted, deadline);
      const pauseMs = Math.min(500 * 2 ** waits, 15_000);
      if (found.length > 0 || !mayStillCome(facts) || Date.now() + pauseMs > permissionDeadline) {
        throw new Error(withCause(messageOf(tried.error), found), { cause: tried.error });
      }
      // About once a minute.
      if (waits % 4 === 0) await context.warn(waitsForPermission(vault, Date.now() - begun, permissionMs));
      waits += 1;
      await pause(pauseMs);
      continue;
    }
    inconsistent += 1;
    if (inconsistent === maxTries || Date.now() > deadline) throw new Error(staysInconsistent(vault, inconsistent));
    if (inconsistent === 1) await context.warn(retriesUpdate(vault));
    await pause(1_000 * inconsistent);
  }
}

async function outcomeOf<Body>(write: () => Promise<Body>): Promise<{ live: Body } | { error: unknown }> {
  try {
    return { live: await write() };
  } catch (error) {
    return { error };
  }
}

const isLeftInconsistent = (type: VaultService, vault: string, live: Body): boolean =>
  readVault(type, vault, live).encryption?.state === "Inconsistent";

/** False where the vault cannot be read: then the original error is reported. */
async function isInconsistent(type: VaultService, context: Context, vault: string, deadline: number): Promise<boolean> {
  const live = await lookAt(type, context, vault, deadline);
  return live !== undefined && isLeftInconsistent(type, vault, live);
}

const lookAt = (type: VaultService, context: Context, vault: string, deadline: number): Promise<Body | undefined> =>
  type
    .vaults(context.azure())
    .get(vault, { deadline })
    .catch(() => undefined);

/** Azure's codes about keys. https://learn.microsoft.com/azure/backup/encryption-at-rest-with-cmk-for-backup-vault */
export const isAboutKey = (error: unknown): boolean =>
  isArmError(error) && /^UserErrorCMK|^CloudServiceRetryableError$/.test(error.code);

/** What may be the cause of an error about the key, but for the identity's rights. */
const keyTopics: Topic[] = ["encryption", "key", "keyVault", "keyIdentity", "keyChange"];

/** Reads the key, its key vault and the identity's permissions again. */
async function preflight(type: VaultService, context: Context, wanted: VaultInputs, deadline: number) {
  const live = await lookAt(type, context, wanted.vaultId, deadline);
  const { verdicts, facts } = await evaluateWithFacts(type, context, questionOf(type, wanted, live));
  const ofKey = verdicts.filter(({ code, decision }) => {
    const topic = ruleOf(code)?.topic;
    return topic === "keyAccess" || (decision === "refuse" && topic && keyTopics.includes(topic));
  });
  const isUnread = "unreadable" in (facts.access ?? {});
  const { refused, warned } = sentences(ofKey, wanted.vaultName);
  return { found: isUnread ? refused : [...refused, ...warned], facts };
}

function questionOf(type: VaultService, wanted: VaultInputs, live: Body | undefined): ProposedChange {
  const id = wanted.vaultId;
  if (!live) return { id, after: wanted, writes: true, when: "write" };
  const has = readVault(type, id, live);
  // After a failed creation, Azure shows the requested values as if they were set.
  const isShown = !differences(type, wanted, has).includes("encryption");
  const before = isShown ? { ...has, encryption: undefined } : has;
  return { id, before, after: merge(type, before, wanted), live, writes: true, when: "write" };
}

/** Permissions that exist, or that cannot be read, may still take effect. */
function mayStillCome({ access }: Facts): boolean {
  if (!access || "unreadable" in access) return true;
  const { get, wrap, unwrap } = access.value;
  return [get, wrap, unwrap].every((right) => right !== "no");
}

const waitsForPermission = (vaultId: string, waitedMs: number, atMostMs: number): string => {
  const waited = waitedMs < 1_000 ? "" : ` Waited ${Math.round(waitedMs / 1_000)} s so far.`;
  return (
    `${calledById(vaultId)}: Azure reports that the identity cannot use the key, but no missing permission was found. New ` +
    `role assignments can take several minutes to take effect. Waiting up to ${Math.ceil(atMostMs / 60_000)} min ` +
    `(\`timeouts.permission\`).${waited}`
  );
};

const retriesUpdate = (vaultId: string): string =>
  `${calledById(vaultId)}: the encryption update did not complete and left the encryption Inconsistent. Azure requires the same ` +
  "update to be retried. Retrying.";

const staysInconsistent = (vaultId: string, tries: number): string =>
  `${calledById(vaultId)}: after ${tries} attempts, Azure still shows its encryption as Inconsistent. ` +
  "The same update must be retried: run `pulumi up` again soon. If the state persists, contact Microsoft support.";

/** Azure's own messages name the wrong cause, so the cause that was found comes first. */
export const withCause = (azures: string, found: string[]): string =>
  found.length > 0 ? `${found.join("\n")}\nAzure's message: ${azures}` : azures;

export const rolesLeft = (vaultId: string, principalId: string, why: string): string =>
  `${calledById(vaultId)} is deleted, and its system-assigned identity ${principalId} with it. The role assignments on the key that ` +
  `KeyAccess created for the identity could not be deleted: ${why} They refer to an identity that no longer exists, and can ` +
  "be deleted.";
