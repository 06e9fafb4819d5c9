import type { World } from "./world.js";

/** The snapshot of those who need only one. */
export const unnamed = "unnamed";

/** Worlds to come back to, by name: as long as the process lives. */
export class Snapshots {
  #taken = new Map<string, { world: World; at: string }>();

  /** In place of one with the same name. */
  take(name: string, world: World): void {
    this.#taken.delete(name);
    this.#taken.set(name, { world: structuredClone(world), at: new Date().toISOString() });
  }

  get(name: string): World | undefined {
    return structuredClone(this.#taken.get(name)?.world);
  }

  /** Oldest first. */
  all(): Snapshot[] {
    return [...this.#taken].map(([name, { at }]) => ({ name, at }));
  }

  delete(name: string): void {
    this.#taken.delete(name);
  }
}

export interface Snapshot {
  name: string;
  at: string;
}
