/** How long a call may take: every call has a deadline, and may be interrupted. */
export interface OperationOptions {
  /** Milliseconds since the epoch, as `Date.now()` counts. */
  deadline: number;
  abortSignal?: AbortSignal;
}

export const remainingMs = ({ deadline }: OperationOptions): number => Math.max(0, deadline - Date.now());

/** Waits, but no longer than the deadline; an interruption is thrown. */
export async function pause(ms: number, options: OperationOptions): Promise<void> {
  const { abortSignal } = options;
  abortSignal?.throwIfAborted();
  await new Promise<void>((done, interrupted) => {
    const stop = () => {
      clearTimeout(timer);
      interrupted(abortSignal?.reason);
    };
    const timer = setTimeout(
      () => {
        abortSignal?.removeEventListener("abort", stop);
        done();
      },
      Math.min(ms, remainingMs(options)),
    );
    abortSignal?.addEventListener("abort", stop, { once: true });
  });
}

/** A preview waits this long for one thing that it reads, and says then that it could not read it. */
export const previewDeadline = (): OperationOptions => ({ deadline: Date.now() + 60_000 });

/** What comes of a promise before the deadline; after it, the error. */
export async function beforeDeadline<T>(promise: Promise<T>, options: OperationOptions, late: () => Error): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const passed = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late()), remainingMs(options));
  });
  return Promise.race([promise, passed]).finally(() => clearTimeout(timer));
}
