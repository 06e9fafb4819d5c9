import { isSecretMark, secretMark } from "../secretMark.js";
import { withoutMarks } from "./values.js";

type Properties = Record<string, unknown>;

/** The inputs that follow from others, each with its value and the arguments that it consists of. */
export type Implied = (inputs: Properties) => Record<string, { value: unknown; of: readonly string[] }>;

/** The inputs without those that follow from others, as far as they have the values that follow, and are as secret. */
export function withoutImplied(inputs: Properties, implied: Implied): Properties {
  const plain = withoutMarks(inputs);
  const following = Object.entries(implied(plain)).flatMap(([name, { value, of }]) => {
    const isSaidSecret = isSecretMark(inputs[name]) && !of.some((each) => isSecretMark(inputs[each]));
    return value === plain[name] && !isSaidSecret ? [name] : [];
  });
  return Object.fromEntries(Object.entries(inputs).filter(([name]) => !following.includes(name)));
}

/** The inputs with those that follow from others, marked as secret where they contain a secret. */
export function completed(inputs: Properties, implied: Implied): Properties {
  if (Object.keys(inputs).length === 0) return inputs;
  const following = Object.entries(implied(withoutMarks(inputs))).map(([name, { value, of }]) => [
    name,
    of.some((each) => isSecretMark(inputs[each])) ? secretMark(value) : value,
  ]);
  return { ...Object.fromEntries(following), ...inputs };
}
