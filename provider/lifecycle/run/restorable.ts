/** What is among the soft-deleted ones, and may be brought back instead of created. */
export interface Restorable<T> {
  /** The one that `undelete` brings back. */
  deleted?: T;
  /** Why nothing can be brought back. */
  failures: string[];
  /** For the reader of the preview. */
  notes: string[];
}

export const nothingToRestore = { failures: [], notes: [] } satisfies Restorable<never>;

/** Before it is brought back, or a new one is created in its place. */
export function orRefused<T>({ deleted, failures }: Restorable<T>): T | undefined {
  if (failures.length > 0) throw new Error(failures.join("\n"));
  return deleted;
}

/** When something was deleted or will be purged, in words. */
export const day = (time: string | undefined): string =>
  time === undefined ? "at an unknown time" : `on ${time.slice(0, 16).replace("T", " at ")} UTC`;
