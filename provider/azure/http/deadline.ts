/** How long a call may take: every call has a deadline, and may be interrupted. */
export interface OperationOptions {
  /** Milliseconds since the epoch, as `Date.now()` counts. */
  deadline: number;
  abortSignal?: AbortSignal;
}

const cancellation = new AbortController();

/**
 * Ends the run: from now on every deadline has passed. Nothing more is sent or waited for, and what Azure has accepted is
 * recorded as at any other deadline.
 */
export const cancelRun = (): void => cancellation.abort();

/** Aborted when the run is cancelled. */
export const cancelled: AbortSignal = cancellation.signal;

export const remainingMs = ({ deadline }: OperationOptions): number =>
  cancelled.aborted ? 0 : Math.max(0, deadline - Date.now());

/** Waits, but no longer than the deadline; an interruption is thrown. */
export async function pause(ms: number, options: OperationOptions): Promise<void> {
  const { abortSignal } = options;
  abortSignal?.throwIfAborted();
  const signals = [cancelled, ...(abortSignal ? [abortSignal] : [])];
  await new Promise<void>((done) => {
    const end = () => {
      clearTimeout(timer);
      for (const signal of signals) signal.removeEventListener("abort", end);
      done();
    };
    const timer = setTimeout(end, Math.min(ms, remainingMs(options)));
    for (const signal of signals) signal.addEventListener("abort", end);
  });
  abortSignal?.throwIfAborted();
}

/** A preview waits this long for one thing that it reads, and says then that it could not read it. */
export const previewDeadline = (): OperationOptions => ({ deadline: Date.now() + 60_000 });

/** What comes of a promise before the deadline; after it, the error. */
export async function beforeDeadline<T>(promise: Promise<T>, options: OperationOptions, late: () => Error): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  let end = () => {};
  const passed = new Promise<never>((_, reject) => {
    end = () => reject(late());
    timer = setTimeout(end, remainingMs(options));
    cancelled.addEventListener("abort", end);
  });
  return Promise.race([promise, passed]).finally(() => {
    clearTimeout(timer);
    cancelled.removeEventListener("abort", end);
  });
}
