/**
 * Runs one step of a longer task and shows its progress: the title at once, the elapsed time if it takes more than two
 * seconds, and the time that it took.
 *
 * @template T
 * @param {string} title
 * @param {(tell: (detail: string) => void) => Promise<T>} work `tell` reports progress
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  const terminal = process.stderr.isTTY;
  const started = Date.now();
  let detail = "";
  const line = () => [`${title}: ${elapsed(started)}`, detail].filter(Boolean).join(", ");
  const show = () => process.stderr.write(terminal ? `\r\x1b[K${line()}` : `  ${line()}\n`);

  process.stderr.write(terminal ? title : `${title}\n`);
  const first = setTimeout(show, 2_000);
  const rest = setInterval(show, terminal ? 1_000 : 10_000);
  let end = "failed";
  try {
    const result = await work((text) => {
      detail = text;
    });
    end = "done";
    return result;
  } finally {
    clearTimeout(first);
    clearInterval(rest);
    const took = Date.now() - started > 2_000 ? ` after ${elapsed(started)}` : "";
    if (terminal) process.stderr.write(`\r\x1b[K${title}: ${end}${took}\n`);
    else if (took) process.stderr.write(`  ${title}: ${end}${took}\n`);
  }
}

/** @param {number} since */
export function elapsed(since) {
  const seconds = Math.round((Date.now() - since) / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
