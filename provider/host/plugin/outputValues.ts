import { isUnknown } from "../../vaults/unknowns.js";
import { isSecretMark } from "../secretMark.js";

/** https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/sig.go */
const signature = "4dabf18193072939515e22adb298388d";
const outputValue = "d0e6a833031e9bbcd3f4e8bde6ca49a4";

interface OutputValue {
  /** Absent while it is not known. */
  value?: unknown;
  secret?: boolean;
  dependencies?: string[];
}

type Kind = Required<Pick<OutputValue, "secret" | "dependencies">>;

/**
 * An argument of a component, with everything that is secret, not known yet or dependent as an output where it is. As the SDK
 * reads it otherwise, one such value makes an output of the whole argument, of which a component can make no resource.
 *
 * @param dependencies the URNs of the resources on which the argument depends, as far as its outputs do not say it themselves
 */
export function outputsIn(argument: unknown, dependencies: string[]): unknown {
  return asOutputs(argument, { secret: false, dependencies: hasOutputValue(argument) ? [] : dependencies });
}

function asOutputs(value: unknown, kind: Kind): unknown {
  if (isSecretMark(value)) return asOutputs(value.value, { ...kind, secret: true });
  if (isOutputValue(value)) {
    const within = {
      secret: kind.secret || value.secret === true,
      dependencies: [...kind.dependencies, ...(value.dependencies ?? [])],
    };
    return value.value === undefined ? output(undefined, within) : asOutputs(value.value, within);
  }
  if (isUnknown(value)) return output(undefined, kind);
  if (Array.isArray(value)) return value.map((each) => asOutputs(each, kind));
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, asOutputs(each, kind)]));
  return kind.secret || kind.dependencies.length > 0 ? output(value, kind) : value;
}

const output = (value: unknown, kind: Kind) => ({
  [signature]: outputValue,
  ...(value !== undefined && { value }),
  ...kind,
});

const isOutputValue = (value: unknown): value is OutputValue =>
  typeof value === "object" && value !== null && (value as Record<string, unknown>)[signature] === outputValue;

const hasOutputValue = (value: unknown): boolean =>
  isOutputValue(value) ||
  (typeof value === "object" && value !== null && Object.values(value).some((each) => hasOutputValue(each)));
