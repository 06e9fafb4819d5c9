/**
 * What the resource classes, in the user's program, hand to the handlers, in Pulumi's provider host, besides a resource's
 * arguments. The engine does not show properties that begin with two underscores.
 */

/**
 * The `__provider` text that Pulumi stores with every resource and runs to find its handlers.
 *
 * Written by hand, so that nothing is serialised into state: the bytes are the same under every compiler and
 * Node version, the installed version of this package serves refresh and delete, and no credential can be captured.
 * It resolves from the program's directory because Pulumi gives the module that it makes of this text no file name.
 * The text and the names in it are part of users' state: never change them (decisions/handler-constant.md).
 */
export const handlerConstant = (handler: string): string =>
  `exports.handler=()=>require('module').createRequire(process.cwd()+'/_')('pulumi-azure-backup/provider').${handler}`;

/** The name that ends the handler constant. */
export const handlerOf = ({ __provider }: Record<string, unknown>): string =>
  /\w*$/.exec(String(__provider))?.[0] ?? "";

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
  /** Its option `deleteBeforeReplace: false`, which overrides what a provider asks for. */
  createsFirst?: boolean;
}

export function fromProgram({ [programProperty]: given }: Record<string, unknown>): FromProgram {
  const { waitsForNew, createsFirst }: FromProgram = typeof given === "object" && given !== null ? given : {};
  return { waitsForNew: waitsForNew === true, createsFirst: createsFirst === true };
}

/** The arguments alone. */
export function argumentsIn(properties: Record<string, unknown>): Record<string, unknown> {
  const { __provider: _, [secretsProperty]: _1, [programProperty]: _2, ...args } = properties;
  return args;
}
