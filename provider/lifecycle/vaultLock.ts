const last = new Map<string, Promise<unknown>>();

/** One at a time for each vault in this process: several resources write the same ARM resource, each read-modify-write. */
export async function oneAtATime<T>(vaultId: string, work: () => Promise<T>): Promise<T> {
  const key = vaultId.toLowerCase();
  const before = last.get(key) ?? Promise.resolve();
  const mine = before.then(work, work);
  last.set(key, mine);
  try {
    return await mine;
  } finally {
    if (last.get(key) === mine) last.delete(key);
  }
}

/** Whether this process is at work on the vault. */
export const isBusy = (vaultId: string): boolean => last.has(vaultId.toLowerCase());
