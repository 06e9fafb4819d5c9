/** One thing that was looked at. */
export interface Line {
  check: string;
  /** `skipped`: something else has to be done first. */
  status: "fine" | "todo" | "skipped";
  says: string;
}

export interface Checked<T> {
  line: Line;
  /** What the check found out. Absent: later checks that need it are skipped. */
  value?: T;
}

/** How a check tells what it found, besides the value that others build on. */
export interface Fine<T> {
  says: string;
  value: T;
}

/** Runs one check within its time. Whatever it throws is something to do. */
export async function look<T>(check: string, timeoutMs: number, work: () => Promise<Fine<T>>): Promise<Checked<T>> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    // What is asked knows its deadline; this is for what does not keep it.
    const message = `No answer within ${timeoutMs / 1000} seconds. Check the network and the proxy, or raise --timeout.`;
    timer = setTimeout(() => reject(new Error(message)), timeoutMs + 1_000);
  });
  try {
    const { says, value } = await Promise.race([work(), late]);
    return { line: { check, status: "fine", says }, value };
  } catch (error) {
    return { line: { check, status: "todo", says: error instanceof Error ? error.message : String(error) } };
  } finally {
    clearTimeout(timer);
  }
}

export const skipped = (check: string, first: string): Line => ({
  check,
  status: "skipped",
  says: `not checked: first ${first}`,
});
