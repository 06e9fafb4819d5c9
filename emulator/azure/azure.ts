import { DataPlanePorts } from "../arm/dataPlanePorts.js";
import { Events } from "../state/events.js";
import { Faults } from "../state/faults.js";
import { Journal } from "../state/journal.js";
import type { Settings } from "../state/options.js";
import { emptyWorld, Snapshots, type World } from "../state/world.js";
import type { WorldStore } from "../store/worldStore.js";
import { end, settle } from "./settle.js";

/** One emulated Azure: what it knows, what it was told to do wrong, and what it was asked. */
export interface Azure {
  world: World;
  settings: Settings;
  faults: Faults;
  journal: Journal;
  ports: DataPlanePorts;
  snapshots: Snapshots;
  /** For those who watch. */
  events: Events;
  /** An empty Azure, without faults and with an empty journal. Snapshots stay. */
  reset(): void;
  snapshot(name: string): void;
  /** The world as it was then; faults and journal stay. @returns false: there is no snapshot of that name */
  restore(name: string): boolean;
  /** All changes so far are in the data file when this resolves. */
  flush(): Promise<void>;
}

export function newAzure(settings: Settings, store?: WorldStore): Azure {
  const stored = (world: World) => store?.replace(world) ?? world;
  const azure: Azure = {
    world: store?.world ?? emptyWorld(),
    settings,
    faults: new Faults(() => endHeld(azure.world)),
    journal: new Journal(),
    ports: new DataPlanePorts(),
    snapshots: new Snapshots(),
    events: new Events(),
    reset() {
      azure.world = stored(emptyWorld());
      azure.faults.clear();
      azure.journal.clear();
      azure.ports.keepOnly([]);
    },
    snapshot(name) {
      settle(azure.world, Date.now());
      azure.snapshots.take(name, azure.world);
    },
    restore(name) {
      const world = azure.snapshots.get(name);
      if (world !== undefined) azure.world = stored(world);
      return world !== undefined;
    },
    flush: async () => store?.flush(),
  };
  return azure;
}

function endHeld(world: World): void {
  for (const id of [...world.running]) {
    const operation = world.operations.get(id);
    if (operation !== undefined && !Number.isFinite(operation.endsAt)) end(world, operation, Date.now());
  }
}
