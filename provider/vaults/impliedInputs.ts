import { definitions } from "./definitions.js";
import { isUnknown, unknownSentinel } from "./unknowns.js";
import { type VaultKind, vaultIdOf } from "./vaultId.js";

type Properties = Record<string, unknown>;

/** An input that follows from the other arguments. */
export interface Implied {
  value: unknown;
  /** The arguments that it consists of: if one of them is secret, it is, too. */
  of: readonly string[];
}

/** The inputs of a resource that follow from its others, by their names. */
export type ImpliedInputs = (inputs: Properties) => Record<string, Implied>;

/** A vault's ID, and what Azure gives to a vault that does not set it and can never change it. */
export const impliedByVault =
  (kind: VaultKind): ImpliedInputs =>
  (inputs) => {
    const settings = Object.entries(definitions[kind].settings);
    const fixed = settings.flatMap(([name, { role, whenAbsent }]): [string, Implied][] =>
      role === "fixed" && whenAbsent !== undefined ? [[name, { value: whenAbsent, of: [] }]] : [],
    );
    const of = ["subscriptionId", "resourceGroupName", "vaultName"] as const;
    const isKnown = of.every((name) => typeof inputs[name] === "string" && !isUnknown(inputs[name]));
    const [subscriptionId, resourceGroupName, vaultName] = of.map((name) => String(inputs[name]));
    const value = isKnown
      ? vaultIdOf({ kind, subscriptionId, resourceGroupName, vaultName } as Parameters<typeof vaultIdOf>[0])
      : unknownSentinel;
    return { ...Object.fromEntries(fixed), vaultId: { value, of } };
  };

/** The same inputs with those that they lack. Nothing is added to no inputs at all, which the engine has of a new resource. */
export function withImplied(inputs: Properties, implied: ImpliedInputs): Properties {
  if (Object.keys(inputs).length === 0) return inputs;
  const values = Object.entries(implied(inputs)).map(([name, { value }]) => [name, value]);
  return { ...Object.fromEntries(values), ...inputs };
}
