import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { signIn, startEmulator } from "../scripts/lib/emulatorProcess.mjs";

const few = 10;
const many = 1000;

/** The milliseconds that one request takes among few vaults and among many, in memory and with a data file. */
export async function emulatorRows() {
  return [...(await rowsOf("in memory", [])), ...(await rowsOf("with --data", ["--data", "world.data"]))];
}

async function rowsOf(name, args) {
  const directory = mkdtempSync(join(tmpdir(), "azure-backup-bench-"));
  const emulator = await startEmulator(directory, {
    args: args.map((arg) => (arg.endsWith(".data") ? join(directory, arg) : arg)),
  });
  try {
    const arm = await signIn(emulator);
    const group = `/subscriptions/${emulator.env.ARM_SUBSCRIPTION_ID}/resourceGroups/rg-bench`;
    await arm("PUT", `${group}?api-version=2021-04-01`, { location: "westeurope" });
    const vaults = `${group}/providers/Microsoft.DataProtection/backupVaults`;
    const id = (n) => `${vaults}/bench-${n}?api-version=2026-06-01`;
    const body = {
      location: "westeurope",
      properties: { storageSettings: [{ datastoreType: "VaultStore", type: "GeoRedundant" }] },
    };
    const put = (n) => arm("PUT", id(n), body);
    const get = (n) => arm("GET", id(n));
    const remove = (n) => arm("DELETE", id(n));
    // A page has a hundred vaults, so the result is the time per vault.
    const list = async () => {
      let seen = 0;
      for (let page = `${vaults}?api-version=2026-06-01`; page; seen += 1) {
        const { value, nextLink } = await arm("GET", page);
        seen += value.length - 1;
        page = nextLink?.replace(emulator.url, "");
      }
      return seen;
    };

    // Code that has run often is faster, so this warms it up.
    await times(300, (n) => put(`warm-${n}`).then(() => remove(`warm-${n}`)));
    await times(few, put);
    const small = {
      create: await each(
        100,
        async (n) => put(`few-${n}`),
        (n) => remove(`few-${n}`),
      ),
      read: await each(100, (n) => get(n % few)),
      list: (await each(20, list)) / few,
    };
    await times(many - few, (n) => put(n + few));
    const large = {
      create: await each(
        100,
        async (n) => put(`many-${n}`),
        (n) => remove(`many-${n}`),
      ),
      read: await each(100, (n) => get(n)),
      list: (await each(5, list)) / many,
      delete: await each(100, (n) => remove(n)),
    };
    await times(many - 100 - few, (n) => remove(n + 100));
    small.delete = await each(few, (n) => remove(many - few + n));
    return Object.keys(large).map((kind) => [
      `${kind}${kind === "list" ? ", each vault in it" : ""}, ${name}`,
      `${small[kind].toFixed(3)} ms`,
      `${large[kind].toFixed(3)} ms`,
      (large[kind] / small[kind]).toFixed(2),
    ]);
  } finally {
    emulator.process.kill();
    rmSync(directory, { recursive: true, force: true });
  }
}

async function times(count, what) {
  for (let n = 0; n < count; n += 1) await what(n);
}

/** The 10th percentile, because the machine also does other work. `after` runs after each call and is not timed. */
async function each(count, what, after = async () => {}) {
  const took = [];
  for (let n = 0; n < count; n += 1) {
    const start = performance.now();
    await what(n);
    took.push(performance.now() - start);
    await after(n);
  }
  return took.sort((a, b) => a - b)[Math.floor(count / 10)];
}
