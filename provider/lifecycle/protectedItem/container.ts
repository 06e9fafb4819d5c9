import { type Azure, isArmError } from "../../azure/index.js";
import type { Context } from "../../host/context.js";
import { isSameId } from "../../instances/armId.js";
import { containerIdOf } from "../../instances/recoveryServices/itemId.js";
import type { ItemKind } from "../../instances/recoveryServices/kinds.js";
import {
  containerBody,
  kindOfInputs,
  namesOf,
  type ProtectedItemInputs,
  readItem,
} from "../../instances/recoveryServices/protectedItem.js";
import { recentReads } from "../run/facts.js";
import { oneAtATime } from "../run/vaults.js";
import { itemCalled, shareNotFound, staysRegistered } from "./wording.js";

/*
 * A storage account is registered with the vault before its file shares can be protected, and Azure alone knows the names of their items.
 * https://learn.microsoft.com/azure/backup/backup-azure-file-share-rest-api
 */

/** Registers the source's container with the vault, if it has to be and is not. */
export async function ensureRegistered(context: Context, inputs: ProtectedItemInputs, deadline: number) {
  const kind = kindOfInputs(inputs);
  const named = containerIdOf(inputs.vault, namesOf(inputs).container);
  if (!kind.isRegistered) return named;
  // Shares of one account are created at the same time, and register it once.
  return oneAtATime(context, registration(inputs), async () => {
    const known = await registered(recentReads(context), inputs, kind, deadline);
    if (known !== undefined) return known;
    await context.azure().recoveryServicesContainers.register(named, containerBody(inputs), { deadline });
    forgetContainers(context, inputs);
    return named;
  });
}

/** The ID of the item that is to be created in a container. */
export async function idOfNewItem(
  context: Context,
  inputs: ProtectedItemInputs,
  container: string,
  deadline: number,
): Promise<string> {
  const { isRegistered, managementType } = kindOfInputs(inputs);
  if (!isRegistered) return `${container}/protectedItems/${namesOf(inputs).item}`;
  // Shares of one account are created at the same time, and one inquiry finds them all.
  return oneAtATime(context, registration(inputs), async () => {
    const find = async () => {
      const { recoveryServicesContainers } = recentReads(context);
      const all = await recoveryServicesContainers.protectableItems(inputs.vault, managementType, { deadline });
      return all.find(
        ({ properties: { friendlyName, parentContainerFabricId } }) =>
          isSameId(friendlyName, inputs.fileShareName) && isSameId(parentContainerFabricId, inputs.sourceResourceId),
      );
    };
    const inquire = async () => {
      // A share that is newer than the registration is not found before.
      await context.azure().recoveryServicesContainers.inquire(container, managementType, { deadline });
      recentReads(context).forget(`${inputs.vault}/backupProtectableItems`);
      return find();
    };
    const item = (await find()) ?? (await inquire());
    if (!item) throw new Error(shareNotFound(inputs));
    return `${container}/protectedItems/${item.name}`;
  });
}

const forgetContainers = (context: Context, { vault }: ProtectedItemInputs): void =>
  recentReads(context).forget(`${vault}/backupProtectionContainers`);

const registration = ({ vault, sourceResourceId }: ProtectedItemInputs) => `container ${vault} ${sourceResourceId}`;

/** The ID of the source's container, if it is registered with the vault. */
async function registered(
  { recoveryServicesContainers }: Pick<Azure, "recoveryServicesContainers">,
  inputs: ProtectedItemInputs,
  kind: ItemKind,
  deadline: number,
) {
  const all = await recoveryServicesContainers.list(inputs.vault, kind.managementType, { deadline });
  return all.find(({ properties }) => isSameId(properties.sourceResourceId, inputs.sourceResourceId))?.id;
}

/** After a deletion: a registration that nothing needs any more would keep the vault from being deleted. */
export async function unregisterUnused(context: Context, inputs: ProtectedItemInputs, deadline: number): Promise<void> {
  const kind = kindOfInputs(inputs);
  if (!kind.isRegistered) return;
  const { recoveryServicesContainers, recoveryServicesItems } = context.azure();
  await oneAtATime(context, registration(inputs), async () => {
    const items = await recoveryServicesItems.list(inputs.vault, { deadline });
    const isUsed = items
      .map(({ properties }) => readItem(properties))
      .some((item) => isSameId(item.sourceResourceId, inputs.sourceResourceId) && !item.isSoftDeleted);
    const container = isUsed ? undefined : await registered(context.azure(), inputs, kind, deadline);
    if (container === undefined) return;
    try {
      await recoveryServicesContainers.unregister(container, { deadline });
      forgetContainers(context, inputs);
    } catch (error) {
      if (!isArmError(error) || error.status >= 500) throw error;
      await context.warn(staysRegistered(itemCalled(inputs), inputs.sourceResourceId, error.message));
    }
  });
}
