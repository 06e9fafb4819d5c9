/** Something is missing on this machine. The message says what failed and what to do, so no stack trace is shown. */
export class NotReady extends Error {
  /** @override */
  name = "NotReady";
}
