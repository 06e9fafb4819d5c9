/** The deadline passed. Where Azure has accepted the operation, it goes on without us. */
export class OperationTimeout extends Error {
  override readonly name = "OperationTimeout";
  /** Where Azure tells how the operation goes on. Signed, so it stands in no message. */
  declare readonly operationUrl?: string;

  constructor(
    /** Such as `PUT backupVaults/payroll`. */
    readonly operation: string,
    readonly resourceId: string,
    /** Azure has accepted the operation, or may have: its answer did not come in time. */
    readonly accepted: boolean,
    operationUrl?: string,
  ) {
    super(
      operationUrl === undefined
        ? `${operation} had no answer from Azure within its time. Check the connection, or raise timeouts.`
        : `Azure has accepted ${operation} and is still working on ${resourceId}. It goes on by itself: ` +
            "run the program again later, or raise timeouts.",
    );
    this.stack = "";
    Object.defineProperty(this, "operationUrl", { value: operationUrl, enumerable: false });
  }
}

export const isOperationTimeout = (error: unknown): error is OperationTimeout =>
  (error as Error | undefined)?.name === "OperationTimeout";
