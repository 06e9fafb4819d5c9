/** May the write that ended with this error have had an effect? Only an error that is sure of the opposite says no. */
export const wasAccepted = (error: unknown): boolean =>
  (error as { accepted?: unknown } | undefined)?.accepted !== false;
