import type { Emulator } from "../../emulator/index.js";
import { fronts } from "../support/host.js";
import { type Engine, engineOf } from "./engine.js";
import type { Strike } from "./strikes.js";

/** For each front: enough that waiting costs no time, few enough that deadlines are not missed for want of a processor. */
const usual = 4;

type Open<World> = (engine: Engine) => Promise<World>;
type Attempt<World> = (world: World, strike: Strike) => Promise<string[]>;

/**
 * Everything that is wrong after each strike, each in a world as it was opened. The way to such a world is long, and the way
 * back to it is none: each lane opens one, and takes one strike after the other.
 */
export function inLanes<World extends { azure: Emulator }>(
  open: Open<World>,
  strikes: readonly Strike[],
  attempt: Attempt<World>,
  lanes = usual,
): Promise<string[]> {
  return sideBySide(strikes, lanes, async (engine, waiting) => {
    const found: string[] = [];
    const world = await open(engine);
    world.azure.snapshot("opened");
    for (const strike of waiting) {
      world.azure.restore("opened");
      found.push(...told(strike, await attempt(world, strike)));
    }
    await world.azure.close();
    return found;
  });
}

/** The same, each in a world of its own, for what a process learns once and for all of an address. */
export function inFreshWorlds<World extends { azure: Emulator }>(
  open: Open<World>,
  strikes: readonly Strike[],
  attempt: Attempt<World>,
): Promise<string[]> {
  return sideBySide(strikes, usual, async (engine, waiting) => {
    const found: string[] = [];
    for (const strike of waiting) {
      const world = await open(engine);
      found.push(...told(strike, await attempt(world, strike)));
      await world.azure.close();
    }
    return found;
  });
}

const told = ({ what }: Strike, wrong: string[]) => wrong.map((each) => `${what}: ${each}`);

/** All lanes of a front take from one line. */
async function sideBySide(
  strikes: readonly Strike[],
  lanes: number,
  lane: (engine: Engine, waiting: Iterable<Strike>) => Promise<string[]>,
): Promise<string[]> {
  const all = fronts.flatMap((front) => {
    const mine = strikes.filter((strike) => strike.front === front);
    const waiting = mine.values();
    return mine.slice(0, lanes).map(() => lane(engineOf(front), waiting));
  });
  return (await Promise.all(all)).flat();
}
