import { appendFileSync, copyFileSync, existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openDataFile } from "../../emulator/data/dataFile.js";
import { type Emulator, type EmulatorOptions, startEmulator } from "../../emulator/index.js";
import { emptyWorld } from "../../emulator/state/world.js";
import { root } from "../../scripts/lib/root.mjs";
import { type Arm, armClient, done, group, send, vault, vaultId } from "./client.js";
import { inProcess } from "./inProcess.js";
import { temporaryDirectory } from "./temporary.js";

const directory = temporaryDirectory();
const fileOf = (name: string) => join(directory, `${name}.data`);

async function withData<Result>(
  data: string,
  use: (azure: Emulator, arm: Arm) => Promise<Result>,
  options: EmulatorOptions = {},
): Promise<Result> {
  const azure = await startEmulator({ data, ...options });
  try {
    return await use(azure, await armClient(azure));
  } finally {
    await azure.close();
  }
}

/** All that Azure shows of a world. */
async function everything(arm: Arm, azure: Emulator): Promise<unknown> {
  const { env } = azure;
  const subscription = `/subscriptions/${env.ARM_SUBSCRIPTION_ID}`;
  const paths = [
    `${subscription}/resourcegroups`,
    `${subscription}/resources`,
    `${subscription}/providers/Microsoft.DataProtection/backupVaults`,
    `${subscription}/providers/Microsoft.DataProtection/locations/westeurope/deletedVaults`,
    `${vaultId(azure)}/backupInstances`,
    `${vaultId(azure)}/backupPolicies`,
    vaultId(azure),
  ];
  return Promise.all(paths.map(async (path) => (await arm("GET", path)).body));
}

test("everything is there again after a restart", async () => {
  const data = fileOf("restart");
  const before = await withData(data, async (azure, arm) => {
    azure.createResourceGroup("rg-payroll");
    await done(
      arm,
      await arm("PUT", vaultId(azure), vault({}, { tags: { $map: "1", ["__proto__"]: "2", "": "ä\ud800" } })),
    );
    azure.protect(vaultId(azure), { name: "orders" });
    await done(arm, await arm("PUT", vaultId(azure, "bv-gone"), vault()));
    await done(arm, await arm("DELETE", vaultId(azure, "bv-gone")));
    return everything(arm, azure);
  });
  expect(JSON.stringify(before)).toContain("bv-gone");
  expect(await withData(data, async (azure, arm) => everything(arm, azure))).toEqual(before);
  // It may hold what should stay on this machine and with this user.
  if (process.platform !== "win32") expect(statSync(data).mode & 0o777).toBe(0o600);
  expect(existsSync(`${data}.lock`)).toBe(false);
});

test("an operation that runs goes on after a restart", async () => {
  const data = fileOf("running");
  const address = await withData(data, async (azure, arm) => {
    azure.createResourceGroup("rg-payroll");
    azure.set({ operationMs: 3_600_000 });
    const created = await arm("PUT", vaultId(azure), vault());
    expect((await arm("GET", created.headers["azure-asyncoperation"] as string)).body.status).toBe("Inprogress");
    azure.faults.add({ kind: "operationNeverEnds" });
    await arm("PUT", vaultId(azure, "bv-stuck"), vault());
    return new URL(created.headers["azure-asyncoperation"] as string);
  });
  await withData(data, async (azure, arm) => {
    expect((await arm("GET", address.pathname + address.search)).body.status).toBe("Inprogress");
    expect((await arm("PUT", vaultId(azure), vault())).status).toBe(409);
    azure.faults.clear();
    expect(azure.vault(vaultId(azure, "bv-stuck"))?.properties.provisioningState).toBe("Succeeded");
  });
});

test("a reset and a restored snapshot are in the file, too", async () => {
  const data = fileOf("reset");
  await withData(data, async (azure, arm) => {
    azure.createResourceGroup("rg-payroll");
    azure.snapshot();
    await done(arm, await arm("PUT", vaultId(azure), vault()));
    azure.restore();
    await arm("PUT", group(azure, "rg-after"), { location: "westeurope" });
  });
  await withData(data, async (azure, arm) => {
    expect((await arm("GET", vaultId(azure))).body.error.code).toBe("ResourceNotFound");
    expect((await arm("GET", group(azure, "rg-after"))).status).toBe(200);
    await send(azure, "POST", "/emulator/reset");
  });
  await withData(data, async (azure, arm) => expect((await arm("GET", group(azure))).status).toBe(404));
});

test("a write is in the file before its answer goes out, and only what changed is written", async () => {
  const data = fileOf("durable");
  await withData(data, async (azure, arm) => {
    azure.createResourceGroup("rg-payroll");
    for (let n = 0; n < 20; n += 1) {
      await arm("PUT", vaultId(azure, `bv-number-${n}`), vault());
      expect(readFileSync(data, "utf8")).toContain(`bv-number-${n}`);
    }
    const before = statSync(data).size;
    await arm("GET", `${group(azure)}/providers/Microsoft.DataProtection/backupVaults`);
    await arm("GET", `${group(azure)}/providers/Microsoft.DataProtection/backupVaults`);
    const settled = statSync(data).size;
    await arm("GET", `${group(azure)}/providers/Microsoft.DataProtection/backupVaults`);
    expect(statSync(data).size).toBe(settled);
    await arm("PUT", group(azure, "rg-small"), { location: "westeurope" });
    expect(statSync(data).size - settled).toBeLessThan(before / 20);
  });
});

test("a world that takes another's place while that is being written is the one in the file", async () => {
  const { azure, file, createResourceGroup, close } = await inProcess(directory);
  try {
    createResourceGroup("rg-before");
    const writing = azure.kept();
    azure.reset();
    await writing;
    createResourceGroup("rg-after");
    await azure.kept();
    copyFileSync(file, `${file}.copy`);
    const copy = openDataFile(`${file}.copy`, emptyWorld());
    await copy.close(false);
    expect([...copy.world.resourceGroups.values()].map(({ name }) => name)).toEqual(["rg-after"]);
  } finally {
    await close();
  }
});

test("what was half written when the process was killed is left out", async () => {
  const data = fileOf("torn");
  await withData(data, async (azure, arm) => {
    await arm("PUT", group(azure, "rg-whole"), { location: "westeurope" });
    await arm("PUT", group(azure, "rg-torn"), { location: "westeurope" });
  });
  const text = readFileSync(data, "utf8");
  writeFileSync(data, text.slice(0, -20));
  await withData(data, async (azure, arm) => {
    expect((await arm("GET", group(azure, "rg-whole"))).status).toBe(200);
    expect((await arm("GET", group(azure, "rg-torn"))).status).toBe(404);
    await arm("PUT", group(azure, "rg-after"), { location: "westeurope" });
  });
  await withData(data, async (azure, arm) => expect((await arm("GET", group(azure, "rg-after"))).status).toBe(200));
});

test("a file that is damaged, of another version or no data file is refused, and stays as it is", async () => {
  const data = fileOf("damaged");
  await withData(data, async (azure, arm) => {
    await arm("PUT", group(azure), { location: "westeurope" });
  });
  const good = readFileSync(data, "utf8");
  const cases: [content: string, sentence: string][] = [
    [good.replace("rg-payroll", "rg-poyroll"), "of FILE is damaged"],
    [`${good}\n`, "is damaged"],
    [good.replace("{", "{ "), "FILE is no data file of the emulator"],
    ["", "FILE is no data file of the emulator"],
    [good.replace(/:\d+/, ":99"), "FILE is of format 99, this emulator reads format 1"],
  ];
  for (const [content, sentence] of cases) {
    writeFileSync(data, content);
    await expect(startEmulator({ data })).rejects.toThrow(sentence.replace("FILE", data));
    expect(readFileSync(data, "utf8")).toBe(content);
    expect(existsSync(`${data}.lock`)).toBe(false);
  }
});

test("two emulators on one file are refused, until the first has ended", async () => {
  const data = fileOf("shared");
  await withData(data, async () => {
    await expect(startEmulator({ data })).rejects.toThrow(
      `The emulator did not start: process ${process.pid} keeps its data in ${data} already.`,
    );
  });
  // Left behind by a process that was killed.
  appendFileSync(`${data}.lock`, "2147483646");
  await withData(data, async () => {});
  expect(existsSync(`${data}.lock`)).toBe(false);
});

test("a directory that is not there is said in a sentence", async () => {
  const data = join(directory, "nowhere", "azure.data");
  await expect(startEmulator({ data })).rejects.toThrow(`there is no directory ${join(directory, "nowhere")}.`);
});

test("a seed fills a new file, and not one that is there", async () => {
  const data = fileOf("seeded");
  const seed = join(root, "docs/emulatorSeed.json");
  await expect(startEmulator({ data, seed: data })).rejects.toThrow("it cannot be filled from");
  expect(existsSync(data)).toBe(false);
  await withData(data, async (azure) => azure.setVault(vaultId(azure), undefined), { seed });
  await withData(
    data,
    async (azure) => {
      expect(azure.vault(vaultId(azure))).toBeUndefined();
      expect(azure.arm("GET", group(azure)).status).toBe(200);
    },
    { seed },
  );
});
