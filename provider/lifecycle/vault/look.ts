import { isArmError, previewDeadline } from "../../azure/index.js";
import type { Context } from "../../host/context.js";
import type { Body } from "../../vaults/body.js";
import { messageOf } from "../messageOf.js";
import type { VaultService } from "./services.js";

/** The vault as a preview sees it: there, not there, or why it could not be read. */
export interface Look {
  live?: Body;
  unreadable?: string;
  /** Why it could not be read is why it could not be written either. */
  isFinal?: boolean;
}

export async function look({ vaults }: VaultService, context: Context, id: string): Promise<Look> {
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
