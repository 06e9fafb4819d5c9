/**
 * Azure has accepted the resource, but it is not finished. Pulumi records it with its id and these properties,
 * so that it is not lost, and the next `up` goes on from there.
 */
export class PartialResource extends Error {
  override readonly name = "PartialResource";
  constructor(
    readonly id: string,
    readonly properties: Record<string, unknown>,
    readonly reasons: string[],
  ) {
    super(reasons.join("\n"));
  }
}

export const isPartialResource = (error: unknown): error is PartialResource =>
  (error as Error | undefined)?.name === "PartialResource";
