/** Azure's answer points to another host. A token goes only to the host it is for, so nothing is sent there. */
export class ForeignHostError extends Error {
  override readonly name = "ForeignHostError";

  /** @param accepted the answer was to a write that Azure has accepted */
  constructor(
    operation: string,
    expected: string,
    found: string,
    readonly accepted: boolean,
  ) {
    super(
      `The answer to ${operation} points to ${found}, which is not ${expected}. Nothing was sent there. ` +
        "Check that metadataHost and the proxy are the ones you mean.",
    );
    this.stack = "";
  }
}

export const isForeignHostError = (error: unknown): error is ForeignHostError =>
  (error as Error | undefined)?.name === "ForeignHostError";
