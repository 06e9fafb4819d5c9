import { Faults } from "./faults.js";
import { Journal } from "./journal.js";
import { end } from "./operations/settle.js";
import type { Settings } from "./options.js";
import { emptyWorld, type World } from "./world.js";

/** One emulated Azure: what it knows, what it was told to do wrong, and what it was asked. */
export interface Azure {
  world: World;
  settings: Settings;
  faults: Faults;
  journal: Journal;
  reset(): void;
}

export function newAzure(settings: Settings): Azure {
  const azure: Azure = {
    world: emptyWorld(),
    settings,
    faults: new Faults(() => endHeld(azure.world)),
    journal: new Journal(),
    reset() {
      azure.world = emptyWorld();
      azure.faults.clear();
      azure.journal.clear();
    },
  };
  return azure;
}

function endHeld(world: World): void {
  for (const id of [...world.running]) {
    const operation = world.operations.get(id);
    if (operation !== undefined && !Number.isFinite(operation.endsAt)) end(world, operation, Date.now());
  }
}
