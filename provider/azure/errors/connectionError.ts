/** No answer: the network, a proxy, a certificate. */
export class ConnectionError extends Error {
  override readonly name = "ConnectionError";

  /**
   * @param code the network's code, such as `ECONNRESET`
   * @param accepted a write was sent, and only its answer is missing: Azure may have carried it out
   */
  constructor(
    message: string,
    readonly code: string,
    readonly accepted: boolean,
  ) {
    super(message);
    this.stack = "";
  }
}

export const isConnectionError = (error: unknown): error is ConnectionError =>
  (error as Error | undefined)?.name === "ConnectionError";
