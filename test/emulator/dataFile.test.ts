import { existsSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Emulator, type EmulatorOptions, startEmulator } from "../../emulator/index.js";
import { emptyWorld } from "../../emulator/state/world.js";
import { openWorldStore } from "../../emulator/store/worldStore.js";
import { root } from "../../scripts/lib/root.mjs";
import { type Arm, armClient, done, group, send, vault, vaultId } from "./client.js";
import { copyOf, inProcess } from "./inProcess.js";
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
  expect(readdirSync(directory).filter((name) => name.startsWith("restart.data"))).toEqual(["restart.data"]);
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

/** All that is on the disk, and how much. */
function onDisk(data: string): { text: string; size: number } {
  const parts = [data, `${data}-wal`].filter((file) => existsSync(file)).map((file) => readFileSync(file));
  return { text: Buffer.concat(parts).toString("latin1"), size: parts.reduce((sum, part) => sum + part.length, 0) };
}

test("a write is on the disk before its answer goes out, and only what changed is written", async () => {
  const data = fileOf("durable");
  await withData(data, async (azure, arm) => {
    azure.createResourceGroup("rg-payroll");
    for (let n = 0; n < 20; n += 1) {
      await arm("PUT", vaultId(azure, `bv-number-${n}`), vault());
      expect(onDisk(data).text).toContain(`bv-number-${n}`);
    }
    const before = onDisk(data).size;
    await arm("GET", `${group(azure)}/providers/Microsoft.DataProtection/backupVaults`);
    await arm("GET", `${group(azure)}/providers/Microsoft.DataProtection/backupVaults`);
    const settled = onDisk(data).size;
    await arm("GET", `${group(azure)}/providers/Microsoft.DataProtection/backupVaults`);
    expect(onDisk(data).size).toBe(settled);
    await arm("PUT", group(azure, "rg-small"), { location: "westeurope" });
    expect(onDisk(data).size - settled).toBeLessThan(before / 20);
  });
});

test("a world that takes another's place while that is being written is the one in the file", async () => {
  const { azure, file, createResourceGroup, close } = await inProcess(directory);
  try {
    createResourceGroup("rg-before");
    const writing = azure.flush();
    azure.reset();
    await writing;
    createResourceGroup("rg-after");
    await azure.flush();
    const copy = openWorldStore(copyOf(file), emptyWorld());
    await copy.close(false);
    expect([...copy.world.resourceGroups.values()].map(({ name }) => name)).toEqual(["rg-after"]);
  } finally {
    await close();
  }
});

test("what was half written when the process was killed is left out", async () => {
  const running = fileOf("torn");
  const data = await withData(running, async (azure, arm) => {
    await arm("PUT", group(azure, "rg-whole"), { location: "westeurope" });
    await arm("PUT", group(azure, "rg-torn"), { location: "westeurope" });
    return copyOf(running);
  });
  truncateSync(`${data}-wal`, statSync(`${data}-wal`).size - 20);
  await withData(data, async (azure, arm) => {
    expect((await arm("GET", group(azure, "rg-whole"))).status).toBe(200);
    expect((await arm("GET", group(azure, "rg-torn"))).status).toBe(404);
    await arm("PUT", group(azure, "rg-after"), { location: "westeurope" });
  });
  await withData(data, async (azure, arm) => expect((await arm("GET", group(azure, "rg-after"))).status).toBe(200));
});

// https://www.sqlite.org/fileformat.html#the_database_header
const userVersionAt = 60;
const applicationIdAt = 68;

test("a file that is damaged, of another version or no data file is refused, and stays as it is", async () => {
  const data = fileOf("damaged");
  await withData(data, async (azure, arm) => {
    await arm("PUT", group(azure), { location: "westeurope" });
  });
  const good = readFileSync(data);
  const but = (at: number, bytes: string) =>
    Buffer.concat([good.subarray(0, at), Buffer.from(bytes, "latin1"), good.subarray(at + bytes.length)]);
  const places = [good.indexOf("rg-payroll"), good.lastIndexOf("rg-payroll"), good.indexOf("westeurope")];
  const cases: [content: Buffer, sentence: string][] = [
    ...places.map((at): [Buffer, string] => [but(at, "X"), "FILE is damaged. Restore it from a copy, or delete it"]),
    [good.subarray(0, -4096), "FILE is damaged"],
    [but(good.length - 4096, "X".repeat(100)), "FILE is damaged"],
    [but(0, "X"), "FILE is not a data file of the emulator"],
    [Buffer.from("a diary\n"), "FILE is not a data file of the emulator"],
    [but(applicationIdAt, "\0\0\0\0"), "FILE is not a data file of the emulator"],
    [
      but(userVersionAt, "\0\0\0\x63"),
      "FILE has format 99, and this version reads format 3. To keep what it contains,",
    ],
    // As the first versions wrote it.
    [
      Buffer.from('{"azureBackupEmulator":1}\n0a1b2c3d [["tenantId",null,"t"]]\n'),
      "FILE has format 1, and this version reads",
    ],
  ];
  for (const [content, sentence] of cases) {
    writeFileSync(data, content);
    await expect(startEmulator({ data })).rejects.toThrow(
      `The emulator did not start: ${sentence.replace("FILE", data)}`,
    );
    expect(readFileSync(data)).toEqual(content);
    expect(readdirSync(directory).filter((name) => name.startsWith("damaged.data"))).toEqual(["damaged.data"]);
  }
});

test("an empty file is a new one: that is what a kill can leave before anybody had an answer", async () => {
  const data = fileOf("empty");
  writeFileSync(data, "");
  await withData(data, async (azure, arm) => {
    await arm("PUT", group(azure), { location: "westeurope" });
  });
  await withData(data, async (azure, arm) => expect((await arm("GET", group(azure))).status).toBe(200));
});

test("two emulators on one file are refused, until the first has ended", async () => {
  const data = fileOf("shared");
  await withData(data, async () => {
    await expect(startEmulator({ data })).rejects.toThrow(
      `The emulator did not start: another emulator uses ${data}. Stop that emulator, or choose another file.`,
    );
  });
  await withData(data, async () => {});
});

test("a write that fails says so, and is made up for by the next one", async () => {
  const { azure, store, file, createResourceGroup, close } = await inProcess(directory);
  try {
    createResourceGroup("rg-before");
    await azure.flush();
    azure.world.resourceGroups.set("/bad", { id: (() => {}) as unknown as string });
    await expect(azure.flush()).rejects.toThrow(`The data file ${file} could not be written: The world contains`);
    azure.world.resourceGroups.delete("/bad");
    createResourceGroup("rg-after");
    await store.flush();
    const copy = openWorldStore(copyOf(file), emptyWorld());
    await copy.close(false);
    expect([...copy.world.resourceGroups.values()].map(({ name }) => name)).toEqual(["rg-before", "rg-after"]);
  } finally {
    await close();
  }
});

test("a directory that is not there is said in a sentence", async () => {
  const data = join(directory, "nowhere", "azure.data");
  await expect(startEmulator({ data })).rejects.toThrow(`there is no directory ${join(directory, "nowhere")}.`);
});

test("a seed fills a new file, and not one that is there", async () => {
  const data = fileOf("seeded");
  const seed = join(root, "emulator/docs/seed.json");
  await expect(startEmulator({ data, seed: data })).rejects.toThrow(`the seed ${data} could not be applied.`);
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
