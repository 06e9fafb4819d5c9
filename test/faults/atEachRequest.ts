import { type AnyFault, complaints, type Operation, requestsOf } from "./journey.js";
import { someAtATime } from "./someAtATime.js";

/** What goes by. */
export const once: [string, AnyFault][] = [
  ["429 with Retry-After", { kind: "throttle", retryAfterSeconds: 1 }],
  ["500", { kind: "status", status: 500 }],
  ["503", { kind: "status", status: 503 }],
  ["403", { kind: "status", status: 403, code: "AuthorizationFailed" }],
  ["409", { kind: "status", status: 409, code: "Conflict" }],
  ["a connection dropped before the effect", { kind: "dropBefore" }],
  ["a connection dropped after the effect", { kind: "dropAfter" }],
  ["an answer that ends in the middle", { kind: "truncate" }],
];

/** More than anybody waits. */
const tooLong = 120;
/** What does not. */
export const always: [string, AnyFault][] = [
  ["429 with Retry-After", { kind: "throttle", retryAfterSeconds: tooLong }],
  ["500", { kind: "status", status: 500 }],
  ["403", { kind: "status", status: 403, code: "AuthorizationFailed" }],
  ["a connection dropped after the effect", { kind: "dropAfter" }],
];

const named = ({ method, path }: { method: string; path: string }) =>
  `${method} ${path.split("?")[0]?.split("/").slice(-2).join("/")}`;

/** Everything that is wrong about an operation that meets this fault at its first request, at its second, ... */
export async function atEachRequest(operation: Operation, program: object, fault: AnyFault): Promise<string[]> {
  const journal = await requestsOf(operation, program);
  const found = await Promise.all(
    journal.map(async (request, n) => {
      // Microsoft's library waits as long as it is told, and goes on after we have given up.
      if (fault.retryAfterSeconds === tooLong && /oauth2|openid/.test(request.path)) return [];
      const wrong = await someAtATime(() => complaints(operation, program, n, fault));
      return wrong.map((each) => `${n} ${named(request)}: ${each}`);
    }),
  );
  return found.flat();
}
