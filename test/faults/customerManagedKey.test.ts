import type { Engine } from "./engine.js";
import { complaints, type Journey, journeys, newWorld, requestsOf } from "./keyJourney.js";
import { inLanes } from "./lanes.js";
import { type Faults, faults, strikesOf } from "./strikes.js";

/** What ends a run, or leaves it unsure. That a question is refused is in the table of `everyAnswer.test.ts`. */
const unsure: Faults = {
  "403": { ...faults["403"], at: "each write" },
  "409": faults["409"],
  "a connection dropped after the effect": faults["a connection dropped after the effect"],
  "no connection from there on, after the effect": {
    fault: { kind: "dropAfter", times: "always" },
    at: "from each write on",
  },
};

/** Most of their time they wait: all of them together, and so each in few lanes. */
let outcomes: Record<string, Promise<string[]>>;
beforeAll(() => {
  outcomes = Object.fromEntries(Object.entries(journeys).map(([name, journey]) => [name, everyFault(journey)]));
});

async function everyFault(journey: Journey): Promise<string[]> {
  const strikes = await strikesOf((engine) => requestsOf(journey, engine), unsure);
  const open = (engine: Engine) => newWorld(journey, engine);
  return inLanes(open, strikes, (world, strike) => complaints(journey, world, strike), 2);
}

test.each(Object.keys(journeys))(
  "%s: a fault at any of its requests leaves nothing that the next run does not mend",
  async (name) => {
    expect(await outcomes[name]).toEqual([]);
  },
);
