import type { Azure, BackupVaultResource } from "../../azure/index.js";
import { isArmError } from "../../azure/index.js";
import type { Context } from "../../host/context.js";
import { PartialResource } from "../../host/partialResource.js";
import { fromArm } from "./fromArm.js";
import type { BackupVaultInputs, BackupVaultSettings } from "./inputs.js";
import { decide, type Question, sentences } from "./judgement.js";
import { merge } from "./merge.js";
import { change, creation } from "./toArm.js";
import { nameOf } from "./wording.js";

/** Judges against the live vault. What is refused, or cannot be decided, is not written. */
export async function insist(context: Context, question: Question, vault: { vaultName: string }): Promise<string[]> {
  const { refused, open, warned } = sentences(await decide(() => context.azure(), question), nameOf(vault));
  if (refused.length + open.length > 0) throw new Error([...refused, ...open].join("\n"));
  return warned;
}

export async function createVault(
  context: Context,
  inputs: BackupVaultInputs,
  deadline: number,
): Promise<BackupVaultResource> {
  const id = inputs.vaultId;
  await insist(context, { id, after: inputs, when: "write" }, inputs);
  const { backupVaults } = context.azure();
  try {
    await backupVaults.createOrUpdate(id, creation(inputs), { deadline });
    return await readBack(context.azure(), id, deadline);
  } catch (error) {
    // Azure said no before it began: there is nothing to remember. After anything else there may be a vault.
    if (isArmError(error) && !error.accepted && error.status < 500) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new PartialResource(id, { ...inputs, provisioningState: "Unknown" }, [
      `${reason} Azure may have created the vault all the same; run \`pulumi up\` again to finish it.`,
    ]);
  }
}

/**
 * Brings a live vault to what the program says: read, judge, write what differs, read back. Somebody else's write in
 * between is a conflict; then all of it begins again from what the vault has become.
 */
export async function changeVault(
  context: Context,
  inputs: BackupVaultInputs,
  found: BackupVaultResource,
  removed: readonly (keyof BackupVaultSettings)[],
  deadline: number,
): Promise<BackupVaultResource> {
  const id = inputs.vaultId;
  const azure = context.azure();
  for (let live = await settled(azure, id, found, deadline); ; live = await settled(azure, id, undefined, deadline)) {
    const before = fromArm(id, live);
    await insist(context, { id, before, after: merge(before, inputs, removed), live, when: "write" }, inputs);
    const write = change(id, live, inputs);
    if (!write) return live;
    try {
      const send = write.method === "PUT" ? azure.backupVaults.createOrUpdate : azure.backupVaults.update;
      await send(id, write.body, { deadline });
      return await readBack(azure, id, deadline);
    } catch (error) {
      if (!isArmError(error) || error.status !== 409 || Date.now() > deadline) throw error;
      await pause(2_000);
    }
  }
}

/** The vault when no operation is under way on it: during one, Azure answers old values and refuses a second. */
async function settled(
  azure: Azure,
  id: string,
  found: BackupVaultResource | undefined,
  deadline: number,
): Promise<BackupVaultResource> {
  for (let live = found ?? (await readBack(azure, id, deadline)); ; live = await readBack(azure, id, deadline)) {
    if (!["Provisioning", "Updating"].includes(live.properties.provisioningState ?? "")) return live;
    if (Date.now() > deadline)
      throw new Error(
        `${id} is still ${live.properties.provisioningState}. Run \`pulumi up\` again later, or raise timeouts.`,
      );
    await pause(2_000);
  }
}

async function readBack(azure: Azure, id: string, deadline: number): Promise<BackupVaultResource> {
  const vault = await azure.backupVaults.get(id, { deadline });
  if (!vault) throw new Error(`Azure reported success, but ${id} answers 404.`);
  return vault;
}

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));
