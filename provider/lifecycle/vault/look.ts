import { isArmError } from "../../azure/index.js";
import type { Context } from "../../host/context.js";
import { messageOf } from "../messageOf.js";
import { previewDeadline } from "../previewDeadline.js";
import type { VaultInputs, VaultResource } from "./vaultInputs.js";
import type { VaultType } from "./vaultType.js";

/** The vault as a preview sees it: there, not there, or why it could not be read. */
export interface Look<R> {
  live?: R;
  unreadable?: string;
  /** Why it could not be read is why it could not be written either. */
  isFinal?: boolean;
}

export async function look<I extends VaultInputs, R extends VaultResource>(
  { vaults }: VaultType<I, R>,
  context: Context,
  id: string,
): Promise<Look<R>> {
  try {
    return { live: await vaults(context.azure()).get(id, previewDeadline()) };
  } catch (error) {
    return { unreadable: messageOf(error), isFinal: isFinal(error) };
  }
}

/** A subscription that cannot be seen, or is not registered for a service, takes no write either. */
export const isFinal = (error: unknown): boolean =>
  isArmError(error) &&
  ["SubscriptionNotFound", "InvalidSubscriptionId", "MissingSubscriptionRegistration"].includes(error.code);
