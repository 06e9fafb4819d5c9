import { fixedAtCreation, type SomeSettings, type VaultDefinition, type VaultInputs } from "./definitions.js";
import { guid } from "./sharedSettings.js";
import { isUnknown, unknownSentinel } from "./unknowns.js";
import { isObject, list, oneOf, type Problem, parse, parseFields, type Value } from "./values.js";
import { type VaultId, type VaultKind, vaultIdOf } from "./vaultId.js";

/**
 * Reads a program's arguments: canonical values, everything that is wrong with them.
 *
 * @param olds the inputs of the existing vault, if there is one
 * @param codes the codes of rules that the argument `accept` may name
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
  const inputs = parseFields({ is: "fields", fields: values, required }, news, "", problems);
  // A vault stays in its subscription when the environment of a later run names another one.
  inputs.subscriptionId ??= olds?.subscriptionId ?? subscription(defaultSubscriptionId, problems);
  if ("datastoreType" in definition.settings) inputs.datastoreType ??= "VaultStore";
  bothStates(definition, inputs.softDelete);
  const named = inputs as VaultInputs;
  keepSpelling(definition, named, olds);
  named.vaultId = vaultIdFrom(definition.kind, named);
  return { inputs: named, problems };
}

/** A Recovery Services vault has two states of soft delete. Azure wants both to be said, and the same of both. */
function bothStates({ kind }: VaultDefinition, softDelete: unknown): void {
  if (kind !== "RecoveryServicesVault" || !isObject(softDelete) || softDelete.state === undefined) return;
  softDelete.enhancedSecurityState ??= softDelete.state;
}

/** What differs from the old inputs only in case stays as it was. */
function keepSpelling(definition: VaultDefinition, inputs: VaultInputs, olds: SomeSettings | undefined): void {
  const kept = fixedAtCreation(definition).filter((name) => {
    const old = olds?.[name];
    return typeof old === "string" && old.toLowerCase() === String(inputs[name]).toLowerCase();
  });
  Object.assign(inputs, Object.fromEntries(kept.map((name) => [name, olds?.[name]])));
}

function subscription(fromEnvironment: string | undefined, problems: Problem[]): unknown {
  if (fromEnvironment) return parse(guid, fromEnvironment, "subscriptionId", problems);
  problems.push({
    path: "subscriptionId",
    expected: "is missing: set the argument, the configuration azure-backup:subscriptionId or ARM_SUBSCRIPTION_ID",
  });
  return unknownSentinel;
}

/** Unknown as long as a part of it is. */
function vaultIdFrom(kind: VaultKind, { subscriptionId, resourceGroupName, vaultName }: Omit<VaultId, "kind">): string {
  if ([subscriptionId, resourceGroupName, vaultName].some(isUnknown)) return unknownSentinel;
  return vaultIdOf({ kind, subscriptionId, resourceGroupName, vaultName });
}
