import type { OperationOptions } from "./within.js";

type ReadAt<T> = (path: string, within: OperationOptions) => Promise<T>;

/**
 * Shares one read of a path among all who asked for it before it began. A run that creates a thousand vaults in one group
 * would otherwise read a thousand lists of a thousand. Who comes while it is under way gets the next one: what it is to
 * prove may have happened since.
 */
export function shareNext<T>(read: ReadAt<T>): ReadAt<T> {
  const latest = new Map<string, { begun: boolean; result: Promise<T> }>();

  return async (path, within) => {
    const key = path.toLowerCase();
    const turn = latest.get(key);
    if (!turn || turn.begun) {
      const before = turn?.result;
      const mine = { begun: false, result: Promise.resolve() as Promise<unknown> as Promise<T> };
      mine.result = (async () => {
        await before?.catch(() => {});
        mine.begun = true;
        return read(path, within);
      })();
      const forget = () => latest.get(key) === mine && latest.delete(key);
      mine.result.then(forget, forget);
      latest.set(key, mine);
      return mine.result;
    }
    // The one who began it may have had less time, or another failure of its own.
    return turn.result.catch(() => read(path, within));
  };
}
