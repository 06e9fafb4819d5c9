/** The machine lacks something. The message says what failed and what to do, so nobody needs a stack trace. */
export class NotReady extends Error {
  /** @override */
  name = "NotReady";
}
