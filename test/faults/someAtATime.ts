/** Enough that waiting costs no time, few enough that deadlines are not missed for want of a processor. */
let free = 48;
const waiting: (() => void)[] = [];

export async function someAtATime<T>(work: () => Promise<T>): Promise<T> {
  if (free === 0) await new Promise<void>((next) => waiting.push(next));
  else free -= 1;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else free += 1;
  }
}
