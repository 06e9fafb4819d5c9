import type { SomeSettings, VaultDefinition, VaultInputs } from "./definitions.js";
import { guid } from "./sharedSettings.js";
import { isUnknown, unknownSentinel } from "./unknowns.js";
import { isObject, list, oneOf, type Problem, parseFields, type Value } from "./values.js";
import { type VaultId, type VaultKind, vaultIdOf } from "./vaultId.js";

/**
 * Reads a program's arguments: their canonical values, and every problem with them.
 *
 * @param olds the inputs of the existing vault, if there is one
 * @param codes the codes of rules that the argument `accept` can override
 */
export function parseVault(
  definition: VaultDefinition,
  news: Record<string, unknown>,
  olds: SomeSettings | undefined,
  { defaultSubscriptionId, codes }: { defaultSubscriptionId: string | undefined; codes: readonly string[] },
): { inputs: VaultInputs; problems: Problem[] } {
  const problems: Problem[] = [];
  const rows = Object.entries(definition.settings);
  const values: Record<string, Value> = Object.fromEntries(rows.map(([name, { value }]) => [name, value]));
  values.accept = list(oneOf(...codes));
  const required = rows.flatMap(([name, row]) => (row.required ? [name] : []));
  const inputs = parseFields({ is: "fields", fields: values, required }, news, "", problems, olds);
  // A vault stays in its subscription even if the environment of a later run names another one.
  inputs.subscriptionId ??= olds?.subscriptionId ?? subscriptionOr(defaultSubscriptionId, problems);
  // What Azure cannot change on a vault is stated, so that state shows it.
  for (const [name, { role, whenAbsent }] of rows) {
    if (role === "fixed" && whenAbsent !== undefined) inputs[name] ??= whenAbsent;
  }
  bothStates(definition, inputs.softDelete);
  const named = inputs as VaultInputs;
  keepSpelling(definition, named, olds);
  named.vaultId = vaultIdFrom(definition.kind, named);
  return { inputs: named, problems };
}

/** A Recovery Services vault has two states of soft delete. Azure requires both, with the same value. */
function bothStates({ kind }: VaultDefinition, softDelete: unknown): void {
  if (kind !== "RecoveryServicesVault" || !isObject(softDelete) || softDelete.state === undefined) return;
  softDelete.enhancedSecurityState ??= softDelete.state;
}

/** A value that differs from the old input only in case keeps its old spelling. */
function keepSpelling(definition: VaultDefinition, inputs: VaultInputs, olds: SomeSettings | undefined): void {
  const kept = definition.fixedAtCreation.filter((name) => {
    const old = olds?.[name];
    return typeof old === "string" && old.toLowerCase() === String(inputs[name]).toLowerCase();
  });
  Object.assign(inputs, Object.fromEntries(kept.map((name) => [name, olds?.[name]])));
}

/** For an argument that is not set: the subscription of the configuration or the environment. */
export function subscriptionOr(fromEnvironment: string | undefined, problems: Problem[]): string {
  // The value is not shown: the program does not set it, so the host does not know whether it is secret.
  if (fromEnvironment && guid.canonical(fromEnvironment)) return fromEnvironment;
  const sources =
    "the stack configuration `azure-backup:subscriptionId` or the environment variable `ARM_SUBSCRIPTION_ID`";
  problems.push({
    path: "subscriptionId",
    expected: fromEnvironment ? `${guid.expected}. Correct ${sources}` : `is missing. Set the argument, ${sources}`,
  });
  return unknownSentinel;
}

/** Unknown while a part of it is unknown. */
function vaultIdFrom(kind: VaultKind, { subscriptionId, resourceGroupName, vaultName }: Omit<VaultId, "kind">): string {
  if ([subscriptionId, resourceGroupName, vaultName].some(isUnknown)) return unknownSentinel;
  return vaultIdOf({ kind, subscriptionId, resourceGroupName, vaultName });
}
