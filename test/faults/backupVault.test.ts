import { newlyConnected } from "./engine.js";
import { after, anew, before, complaints, newWorld, type Operation, patched, requestsOf } from "./journey.js";
import { inFreshWorlds, inLanes } from "./lanes.js";
import { type Faults, faults, signingIn, strikesOf } from "./strikes.js";

/** More than anybody waits. */
const tooLong = 120;

/** What goes by, and what does not. */
const wholeTable: Faults = {
  "429 with Retry-After": { fault: { kind: "throttle", retryAfterSeconds: 1 }, at: "each request" },
  "500": { fault: { kind: "status", status: 500 }, at: "each request" },
  "503": { fault: { kind: "status", status: 503 }, at: "each request" },
  "403": { fault: { kind: "status", status: 403, code: "AuthorizationFailed" }, at: "each request" },
  "409": { fault: { kind: "status", status: 409, code: "Conflict" }, at: "each request" },
  "a connection dropped before the effect": { fault: { kind: "dropBefore" }, at: "each request" },
  "a connection dropped after the effect": { fault: { kind: "dropAfter" }, at: "each request" },
  "an answer that ends in the middle": { fault: { kind: "truncate" }, at: "each request" },
  "500 from there on": { fault: { kind: "status", status: 500, times: "always" }, at: "each request" },
  "403 from there on": {
    fault: { kind: "status", status: 403, code: "AuthorizationFailed", times: "always" },
    at: "each request",
  },
  "no connection from there on, after the effect": {
    fault: { kind: "dropAfter", times: "always" },
    at: "each request",
  },
};
/** Microsoft's library for signing in waits as long as it is told, and goes on after we have given up. */
const throttledLong: Faults = {
  "429 with a long Retry-After from there on": {
    fault: { kind: "throttle", retryAfterSeconds: tooLong, times: "always" },
    at: "each request",
  },
};

const operations: Record<string, { operation: Operation; program: object; table: Faults }> = {
  create: { operation: "create", program: before, table: { ...wholeTable, ...throttledLong } },
  "update by PUT": { operation: "update", program: after, table: faults },
  "update by PATCH": { operation: "update", program: patched, table: faults },
  delete: { operation: "delete", program: before, table: faults },
};

test.concurrent.each(Object.entries(operations))(
  "%s meets a fault at any of its requests, and the next run finds nothing wrong",
  async (_, { operation, program, table }) => {
    const found = inLanes(
      (engine) => newWorld(operation, program, {}, engine),
      await strikesOf((engine) => requestsOf(operation, program, engine), table),
      // What a process asks once, it asks anew in each.
      (world, strike) => complaints(operation, world, strike, newlyConnected(world.azure.env)),
      8,
    );
    expect(await found).toEqual([]);
  },
);

test.concurrent.each([
  ["create", wholeTable],
  ["delete", faults],
] as const)("%s meets a fault while it signs in, and the next run finds nothing wrong", async (operation, table) => {
  const found = inFreshWorlds(
    (engine) => newWorld(operation, before, {}, engine),
    await strikesOf((engine) => requestsOf(operation, before, engine), table, signingIn),
    (world, strike) => complaints(operation, world, strike, anew(world)),
  );
  expect(await found).toEqual([]);
});
