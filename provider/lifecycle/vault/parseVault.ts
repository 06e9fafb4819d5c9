import { unknownSentinel } from "../../host/unknowns.js";
import { list, type Parse, type Problem, record } from "../arguments/parse.js";
import { boolean, duration, guid, location, matching, tags } from "../arguments/values.js";
import type { VaultInputs } from "./vaultInputs.js";

/** The arguments that mean the same for both kinds of vaults. */
export const commonArguments: Record<string, Parse> = {
  resourceGroupName: matching(
    /^[\p{L}\p{N}_.()-]{0,89}[\p{L}\p{N}_()-]$/u,
    "must be a resource group's name: 1 to 90 letters, digits, _ - . ( ), and no dot at the end",
  ),
  subscriptionId: guid,
  location,
  resourceGuardOperationRequests: list(
    matching(/^\/subscriptions\/.+\/resourceGuards\/.+/i, "must be an ARM id of a resource guard operation request"),
  ),
  tags,
  adopt: boolean,
  timeouts: record({ create: duration, update: duration, delete: duration, permission: duration }),
  // What `check` itself adds: the engine hands it back where a program gives a vault's old inputs again.
  vaultId: matching(/^\/subscriptions\//i, "is computed and cannot be set"),
};

/**
 * Reads a program's arguments: canonical values, everything that is wrong with them.
 * `olds` are the inputs of the existing vault, if there is one.
 */
export function parseVault<I extends VaultInputs>(
  read: Parse,
  news: Record<string, unknown>,
  olds: Partial<I> | undefined,
  defaultSubscriptionId: string | undefined,
): { inputs: I; problems: Problem[] } {
  const problems: Problem[] = [];
  const inputs = read(news, "", problems) as I;
  // A vault stays in its subscription when the environment of a later run names another one.
  inputs.subscriptionId ??= olds?.subscriptionId ?? subscription(defaultSubscriptionId, problems);
  return { inputs, problems };
}

/** What differs from the old inputs only in case stays as it was. */
export function keepSpelling<I extends VaultInputs>(
  inputs: I,
  olds: Partial<I> | undefined,
  names: readonly (keyof I)[],
): void {
  const isSpeltOtherwise = (name: keyof I) =>
    typeof olds?.[name] === "string" && String(olds[name]).toLowerCase() === String(inputs[name]).toLowerCase();
  const kept = names.filter(isSpeltOtherwise).map((name) => [name, olds?.[name]]);
  Object.assign(inputs, Object.fromEntries(kept));
}

function subscription(fromEnvironment: string | undefined, problems: Problem[]): string {
  if (fromEnvironment === undefined || fromEnvironment === "") {
    problems.push({
      path: "subscriptionId",
      expected: "is missing: set the argument, the configuration azure-backup:subscriptionId or ARM_SUBSCRIPTION_ID",
    });
    return unknownSentinel;
  }
  return guid(fromEnvironment, "subscriptionId", problems) as string;
}
