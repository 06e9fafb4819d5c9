import { type DeletedVault, wasAccepted } from "../../azure/index.js";
import type { Context } from "../../host/context.js";
import { isPartialResource, PartialResource } from "../../host/serve.js";
import type { Body } from "../../vaults/body.js";
import { differences } from "../../vaults/compare.js";
import { readVault, type SomeSettings, type VaultInputs } from "../../vaults/definitions.js";
import { hasFailed } from "../../vaults/ruleVault.js";
import { nameIn } from "../../vaults/vaultId.js";
import { buildCreateBody } from "../../vaults/writes.js";
import { revokeFromGone } from "../keyAccess/grant.js";
import { messageOf } from "../run/facts.js";
import { againOnConflict, isConflict, readBack, settled } from "./atRest.js";
import { changeSettings } from "./changeSettings.js";
import { isAboutKey, rolesLeft, setEncryptionKeyWithRetry, withCause } from "./encryptionKey.js";
import { assertChangeAllowed, evaluate, sentences } from "./judge.js";
import type { VaultService, VaultsAt } from "./services.js";
import { called, endedAsFailed } from "./wording.js";

export async function createVault(
  type: VaultService,
  context: Context,
  inputs: VaultInputs,
  deadline: number,
): Promise<Body> {
  const id = inputs.vaultId;
  const vaults = type.vaults(context.azure());
  await assertChangeAllowed(type, context, { id, after: inputs, writes: true, when: "write", deadline }, inputs);
  const put = async () => {
    await vaults.createOrUpdate(id, buildCreateBody(type, inputs, type.writtenBy(inputs)), {
      deadline,
      apiVersion: type.writtenBy(inputs),
    });
    return orUnfinished(type, inputs, () => readBack(vaults, id, deadline));
  };
  let created: Body | undefined;
  try {
    created = await withKey(type, context, inputs, deadline, put);
  } catch (error) {
    if (isPartialResource(error)) throw error;
    // Azure refused the request, so there is nothing to record.
    if (!wasAccepted(error)) throw error;
    if (!isConflict(error)) throw unfinished(type, inputs, error);
    // A request whose response was lost is retried, and then conflicts with the creation that it began.
    const live = await orUnfinished(type, inputs, () => firstTry(vaults, id, deadline));
    if (differences(type, inputs, readVault(type, id, live)).length === 0) return live;
    // A creation in several requests reaches the desired state with the next ones.
    if (!type.multiRequestWrites) throw unfinished(type, inputs, new Error(`${id} does not match the program yet.`));
  }
  return orUnfinished(type, inputs, async () => {
    const live = created ?? (await readBack(vaults, id, deadline));
    if (type.multiRequestWrites) return changeVault(type, context, inputs, live, {}, deadline);
    if (hasFailed(live)) throw new Error(endedAsFailed(id));
    return live;
  });
}

/** Brings a soft-deleted vault back, and updates it to match the program. */
export async function bringBack(
  type: VaultService,
  context: Context,
  inputs: VaultInputs,
  deleted: DeletedVault,
  deadline: number,
): Promise<Body> {
  try {
    await type.undelete(context.azure(), deleted, inputs, { deadline });
  } catch (error) {
    throw wasAccepted(error) ? unfinished(type, inputs, error) : error;
  }
  const live = await orUnfinished(type, inputs, () => readBack(type.vaults(context.azure()), inputs.vaultId, deadline));
  try {
    return await changeVault(type, context, inputs, live, {}, deadline);
  } catch (error) {
    throw new PartialResource(inputs.vaultId, { ...inputs, provisioningState: "Unknown" }, [
      `${called(type.kind, inputs)} was brought back, and does not match the program yet: ${messageOf(error)} ` +
        "It is recorded in the stack's state. Resolve this, and run `pulumi up` again.",
    ]);
  }
}

async function firstTry(vaults: VaultsAt, id: string, deadline: number): Promise<Body> {
  const live = await settled(vaults, id, undefined, deadline);
  if (hasFailed(live)) throw new Error(`Azure started to create ${id}, but the creation failed.`);
  return live;
}

/** From here on the vault may exist, so every failure to read it records it as unfinished. */
async function orUnfinished<T>(type: Named, inputs: VaultInputs, look: () => Promise<T>): Promise<T> {
  try {
    return await look();
  } catch (error) {
    throw unfinished(type, inputs, error);
  }
}

type Named = Pick<VaultService, "kind">;

const unfinished = ({ kind }: Named, inputs: VaultInputs, error: unknown) =>
  new PartialResource(inputs.vaultId, { ...inputs, provisioningState: "Unknown" }, [
    `${called(kind, inputs)} may have been created, but this could not be confirmed: ${messageOf(error)} ` +
      "It is recorded in the stack's state. Run `pulumi up` again to complete it.",
  ]);

/** Updates a live vault to match the program. */
export function changeVault(
  type: VaultService,
  context: Context,
  inputs: VaultInputs,
  found: Body,
  managed: SomeSettings,
  deadline: number,
): Promise<Body> {
  let known: Body | undefined = found;
  return withKey(type, context, inputs, deadline, () => {
    const first = known;
    known = undefined;
    return changeSettings(type, context, inputs.vaultId, async () => inputs, { found: first, managed, deadline });
  });
}

const withKey = (
  type: VaultService,
  context: Context,
  wanted: VaultInputs,
  deadline: number,
  write: () => Promise<Body>,
): Promise<Body> =>
  wanted.encryption
    ? setEncryptionKeyWithRetry(type, context, { wanted, permission: wanted.timeouts?.permission, deadline }, write)
    : write();

export async function deleteVault(type: VaultService, context: Context, id: string, deadline: number): Promise<void> {
  const vaults = type.vaults(context.azure());
  let gone: Body | undefined;
  await againOnConflict(deadline, async () => {
    const live = await vaults.get(id, { deadline });
    // The deletion is sent even so: if the 404 were wrong, the vault would remain without being in any state.
    if (!live) return vaults.delete(id, { deadline });
    gone = live;
    const before = readVault(type, id, live);
    const proposed = { id, before, live, writes: true, when: "write", deadline } as const;
    for (const warning of await assertChangeAllowed(type, context, proposed, { vaultName: nameIn(id) }))
      await context.warn(warning);
    try {
      await vaults.delete(id, { deadline });
    } catch (error) {
      if (!isAboutKey(error)) throw error;
      const { refused, warned } = sentences(await evaluate(type, context, proposed), nameIn(id));
      throw new Error(withCause(messageOf(error), [...refused, ...warned]), { cause: error });
    }
  });
  if (gone) await revokeFromOwnIdentity(type, context, id, gone, deadline);
}

/** Deleting a vault deletes its system-assigned identity, so its role assignments on the key are deleted too. */
async function revokeFromOwnIdentity(
  type: VaultService,
  context: Context,
  id: string,
  gone: Body,
  deadline: number,
): Promise<void> {
  const { keyUri, identity } = readVault(type, id, gone).encryption ?? {};
  const principalId = gone.identity?.principalId;
  if (keyUri === undefined || identity !== "SystemAssigned" || !principalId) return;
  try {
    await revokeFromGone(context.azure(), keyUri, principalId, deadline);
  } catch (error) {
    await context.warn(rolesLeft(id, principalId, messageOf(error)));
  }
}
