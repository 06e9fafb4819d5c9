import type { AnyFault } from "./journey.js";
import { closeWorlds } from "./journey.js";
import { complaints, type Journey, journeys, newWorld, requestsOf } from "./keyJourney.js";

afterAll(closeWorlds);

/** What ends a run, or leaves it unsure. What is only sent again is the vault's own journeys' to hold. */
const faults: Record<string, AnyFault> = {
  "403": { kind: "status", status: 403, code: "AuthorizationFailed" },
  "409": { kind: "status", status: 409, code: "Conflict" },
  "a connection dropped after the effect": { kind: "dropAfter" },
};
/** Of a write: it has happened, and nobody says so. */
const lost: Record<string, AnyFault> = {
  "no connection from there on": { kind: "dropAfter", times: "always" },
};

/** Most of their time they wait: all of them together. */
let outcomes: Record<string, Promise<string[]>>;
beforeAll(() => {
  outcomes = Object.fromEntries(Object.entries(journeys).map(([name, journey]) => [name, everyFault(journey)]));
});

async function everyFault(journey: Journey): Promise<string[]> {
  const world = await newWorld(journey);
  const requests = await requestsOf(journey, world);
  const found: string[] = [];
  for (const [n, { method, path }] of requests.entries()) {
    for (const [name, fault] of Object.entries(method === "GET" ? faults : { ...faults, ...lost })) {
      const wrong = await complaints(journey, world, n, fault);
      found.push(...wrong.map((each) => `${name} at ${n}, ${method} ${path.split("?")[0]}: ${each}`));
    }
  }
  return found;
}

test.each(Object.keys(journeys))(
  "%s: a fault at any of its requests leaves nothing that the next run does not mend",
  async (name) => {
    expect(await outcomes[name]).toEqual([]);
  },
  120_000,
);
