/** What came as the answer is not what the request asks for: from a proxy, or from an Azure that has gone wrong. */
export class UnexpectedAnswer extends Error {
  override readonly name = "UnexpectedAnswer";

  /**
   * @param operation such as `GET backupVaults/payroll`
   * @param found such as `HTTP 204 without a body, where a Backup vault is expected`
   * @param accepted Azure has carried out the write that this is about, or may have
   */
  constructor(
    readonly operation: string,
    found: string,
    readonly accepted: boolean,
  ) {
    super(
      `The answer to ${operation} cannot be used: ${found}. ` +
        (accepted
          ? "The write may have been carried out; how it ended is not known. "
          : "Nothing was changed by it. ") +
        "Run the command again. If it stays so, check that the proxy (HTTPS_PROXY, NO_PROXY) and metadataHost " +
        "(ARM_METADATA_HOSTNAME) are the ones you mean.",
    );
    this.stack = "";
  }
}

export const isUnexpectedAnswer = (error: unknown): error is UnexpectedAnswer =>
  (error as Error | undefined)?.name === "UnexpectedAnswer";
