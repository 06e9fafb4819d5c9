import { at } from "../vaults/body.js";
import { type Fields, isObject, spelled, spelledAs, type Value } from "../vaults/values.js";

/*
 * Azure's own form of a policy, as Azure reads it: whoever writes a program in it has it from an answer of Azure, or from a request
 * of another client. So the same is let pass of a program as of an answer.
 */

/** An object with members that Azure only shows, or that say something of a request and nothing of the policy. */
type Showing = Fields & { shown?: readonly string[] };

export const showing = <F extends Showing>(form: F, ...shown: string[]): F => ({
  ...form,
  shown: [...(form.shown ?? []), ...shown],
});

/**
 * Without what says nothing: null and the empty text, which Azure and its clients write for what is absent, and what Azure only
 * shows. Names get the case that they have in the form: Azure does not look at it, and AVM deploys a `workloadType`
 * (https://github.com/Azure/bicep-registry-modules, avm/res/recovery-services/vault, tests/e2e/max). Any other name stays, to be refused.
 */
export function asAzureReads(form: Value, given: unknown): unknown {
  if (form.is === "list") return Array.isArray(given) ? given.map((each) => asAzureReads(form.of, each)) : given;
  if (form.is !== "fields" || !isObject(given)) return given;
  const { fields, shown = [] }: Showing = form;
  const there = Object.entries(given).filter(
    ([name, each]) => !isAbsent(each) && spelled({ values: shown }, name) === undefined,
  );
  const taken = new Set(there.map(([name]) => name));
  const read = there.map(([name, each]) => {
    const own = spelledAs({ values: Object.keys(fields) }, name);
    const called = taken.has(own) ? name : own;
    taken.add(called);
    const value = fields[called];
    return [called, value ? asAzureReads(value, each) : each] as const;
  });
  return Object.fromEntries(read);
}

const isAbsent = (value: unknown): boolean => value === null || value === undefined || value === "";

/** Arguments of which one, if it is there, is in Azure's own form. */
export function withAzureForm<G extends object>(given: G, argument: string, form: Value): G {
  const value = at(given, argument);
  return value === undefined ? given : { ...given, [argument]: asAzureReads(form, value) };
}
