/** The outcome of one check. */
export interface Line {
  check: string;
  /** `warning`: it can deploy, but not as somebody meant. `skipped`: it depends on a check that failed. */
  status: "ok" | "warning" | "failed" | "skipped";
  /** What was found, or what to do. */
  message: string;
}

export interface Checked<T> {
  line: Line;
  /** What the check found out. Absent: later checks that need it are skipped. */
  value?: T;
}

/** What a check that succeeds found, besides the value that others build on. */
export interface Found<T> {
  message: string;
  value: T;
}

/** Runs one check within its time. Whatever it throws is its failure. */
export async function runCheck<T>(
  check: string,
  timeoutMs: number,
  work: () => Promise<Found<T>>,
): Promise<Checked<T>> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    // What is asked knows its deadline; this is for what does not keep it.
    const message = `No response within ${timeoutMs / 1000} seconds. Check the network and the proxy, or raise --timeout.`;
    timer = setTimeout(() => reject(new Error(message)), timeoutMs + 1_000);
  });
  try {
    const { message, value } = await Promise.race([work(), late]);
    return { line: { check, status: "ok", message }, value };
  } catch (error) {
    return { line: { check, status: "failed", message: error instanceof Error ? error.message : String(error) } };
  } finally {
    clearTimeout(timer);
  }
}

export const skipped = (check: string, failed: string): Line => ({
  check,
  status: "skipped",
  message: `not checked, because the check "${failed}" failed`,
});
