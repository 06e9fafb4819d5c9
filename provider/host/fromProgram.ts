/**
 * What the resource classes, in the user's program, hand to the handlers, in another process, besides a resource's arguments.
 * The engine does not show properties that begin with two underscores.
 */

/**
 * Names the arguments that the engine keeps secret, as paths: Pulumi's dynamic provider host hands every value over in
 * clear and does not say which are secret.
 */
export const secretsProperty = "__secrets";

export const programProperty = "__program";

/**
 * What only the program knows of a resource: Pulumi tells a dynamic provider neither dependencies nor options. It goes no
 * further than to `check`.
 */
export interface FromProgram {
  /** Others come before it that this run still has to make, so that what is missing now may be there by then. */
  waitsForNew?: boolean;
  /** The program runs for a deployment and not for a preview, which the engine does not tell either. */
  isDeployment?: boolean;
  /** Its option `deleteBeforeReplace: false`, which overrides what a provider asks for. */
  createsFirst?: boolean;
  /** The argument of a component in which the program gives this resource's arguments. */
  argument?: string;
}

export function fromProgram({ [programProperty]: given }: Record<string, unknown>): FromProgram {
  const { waitsForNew, isDeployment, createsFirst, argument }: FromProgram =
    typeof given === "object" && given !== null ? given : {};
  return {
    waitsForNew: waitsForNew === true,
    isDeployment: isDeployment === true,
    createsFirst: createsFirst === true,
    ...(typeof argument === "string" && { argument }),
  };
}

/** The arguments alone. */
export function argumentsIn(properties: Record<string, unknown>): Record<string, unknown> {
  const { __provider: _, [secretsProperty]: _1, [programProperty]: _2, ...args } = properties;
  return args;
}
