/**
 * What only the program knows of a resource: Pulumi tells a dynamic provider neither dependencies nor options. It comes
 * with the arguments, and goes no further than to `check`.
 */
export interface FromProgram {
  /** Others come before it that this run still has to make, so that what is missing now may be there by then. */
  waitsForNew?: boolean;
  /** Its option `deleteBeforeReplace: false`, which overrides what a provider asks for. */
  createsFirst?: boolean;
}

/** The engine does not show properties that begin with two underscores. */
export const programProperty = "__program";

export function fromProgram({ [programProperty]: told }: Record<string, unknown>): FromProgram {
  const { waitsForNew, createsFirst }: FromProgram = typeof told === "object" && told !== null ? told : {};
  return { waitsForNew: waitsForNew === true, createsFirst: createsFirst === true };
}
