import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { type Emulator, instructionsFor } from "../../emulator/index.js";
import { armClient, group, send, vaultId } from "./client.js";
import { temporaryDirectory } from "./temporary.js";

const root = join(__dirname, "../..");
const directory = temporaryDirectory();

interface Run {
  child: ChildProcess;
  /** Standard output and standard error. */
  output(): string;
  exit: Promise<number | null>;
}

function run(...args: string[]): Run {
  const child = spawn("node", [join(root, "emulator/dist/main.js"), ...args], { stdio: "pipe" });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding("utf8").on("data", (part) => (text += part));
  return { child, output: () => text, exit: once(child, "close").then(([code]) => code) };
}

async function until(what: () => boolean): Promise<void> {
  for (let waited = 0; !what(); waited += 20) {
    if (waited > 20_000) throw new Error("It did not happen within 20 seconds.");
    await new Promise((later) => setTimeout(later, 20));
  }
}

test("the command serves Azure until it is interrupted", async () => {
  const file = join(directory, "ready.json");
  const emulator = run("--ready-file", file, "--verbose");
  try {
    await until(() => existsSync(file));
    const azure: Emulator = JSON.parse(readFileSync(file, "utf8"));
    expect(Object.keys(azure)).toEqual(["url", "caFile", "env"]);
    expect(azure.env).toMatchObject({
      ARM_METADATA_HOSTNAME: azure.url.replace("https://", ""),
      NODE_EXTRA_CA_CERTS: azure.caFile.replace(/ca\.pem$/, "node-extra-ca.pem"),
    });
    const arm = await armClient(azure);
    expect((await arm("PUT", group(azure), { location: "westeurope" })).status).toBe(201);
    // As it is built: the page's script is no CommonJS.
    const script = await send(azure, "GET", "/emulator/page.js");
    expect(script.body).toContain("EventSource");
    expect(script.body).not.toMatch(/\b(exports|require|module)\b/);
    await until(() => /201 PUT +\/subscriptions\//.test(emulator.output()));
    expect((await arm("GET", `${group(azure)}?api-version=2031-01-01`)).status).toBe(200);
    await until(() => emulator.output().includes("api-version=2031-01-01 (newer than known: served as 2025-04-01)"));
    expect(emulator.output()).toContain(`export ARM_METADATA_HOSTNAME='${azure.env.ARM_METADATA_HOSTNAME}'`);
    emulator.child.kill("SIGTERM");
    expect(await emulator.exit).toBe(0);
    expect(existsSync(azure.caFile)).toBe(false);
    expect(existsSync(file)).toBe(false);
  } finally {
    emulator.child.kill("SIGKILL");
  }
});

test("the ready file goes when the emulator is interrupted, unless another emulator has written it since", async () => {
  const file = join(directory, "started.json");
  const interrupted = await started();
  interrupted.child.kill("SIGINT");
  expect(await interrupted.exit).toBe(0);
  expect(existsSync(file)).toBe(false);

  const first = await started();
  const second = await started();
  first.child.kill("SIGINT");
  expect(await first.exit).toBe(0);
  expect(JSON.parse(readFileSync(file, "utf8")).url).toBe(second.azure.url);
  second.child.kill("SIGINT");
  expect(await second.exit).toBe(0);
});

test.each([
  ["in a directory that does not exist", join(directory, "nowhere/ready.json"), "ENOENT"],
  ["that is a directory", directory, "(EISDIR|ENOTEMPTY|EPERM)"],
])("a ready file %s ends the emulator with a sentence", async (_, file, code) => {
  const emulator = run("--ready-file", file);
  try {
    expect(await emulator.exit).toBe(1);
    expect(emulator.output()).toMatch(
      new RegExp(
        `^azure-backup-emulator: The emulator did not start: the ready file ${file} cannot be written \\(${code}\\)\\. ` +
          "Choose a file in a directory that exists and that you can write to\\.\n$",
      ),
    );
    expect(existsSync(`${file}.part`)).toBe(false);
  } finally {
    emulator.child.kill("SIGKILL");
  }
});

/** Started, with its address read from its ready file. */
async function started(...args: string[]): Promise<Run & { azure: Emulator }> {
  const file = join(directory, "started.json");
  rmSync(file, { force: true });
  const emulator = run("--ready-file", file, ...args);
  await until(() => existsSync(file) || emulator.child.exitCode !== null);
  return { ...emulator, azure: JSON.parse(readFileSync(file, "utf8")) };
}

test("what it prints can be pasted into a shell, and its clients find their Azure", async () => {
  const emulator = await started("--seed", join(root, "emulator/docs/seed.json"), "--for", "javascript");
  try {
    const { azure } = emulator;
    const { shell, program } = instructionsFor("javascript", azure);
    await until(() => emulator.output().includes("Press Ctrl-C"));
    expect(emulator.output()).toContain(`${shell}\n\nIn the program:\n\n${program}\n`);
    const listGroups = `${program}
      (async () => { for await (const { name } of client.resourceGroups.list()) console.log(name); })();`;
    expect(pasted(shell, listGroups)).toBe("rg-payroll\n");

    const ours = `const { connect } = require("./dist/provider/azure");
      connect(() => undefined, process.env).backupVaults.get(${JSON.stringify(vaultId(azure))}, { deadline: Date.now() + 20_000 })
        .then((vault) => console.log(vault.name));`;
    expect(pasted(instructionsFor("pulumi-azure-backup", azure).shell, ours)).toBe("bv-payroll\n");
  } finally {
    emulator.child.kill("SIGKILL");
  }
});

/** What a program prints in a shell that got these lines. */
function pasted(lines: string, program: string): string {
  const env = { PATH: process.env.PATH, HOME: directory, PROGRAM: program };
  return execFileSync("sh", ["-c", `${lines}\nnode -e "$PROGRAM"`], { cwd: root, env, encoding: "utf8" });
}

test("an emulator that is killed in the middle of writes has lost nothing that it answered", async () => {
  const data = join(directory, "killed.data");
  const answered: string[] = [];
  for (let round = 0; round < 3; round += 1) {
    const { azure, child, exit } = await started("--data", data);
    const arm = await armClient(azure);
    const there = await Promise.all(answered.map(async (id) => (await arm("GET", id)).status));
    expect(there.filter((status) => status !== 200)).toEqual([]);
    let killed = false;
    const write = async (writer: number) => {
      for (let n = 0; !killed; n += 1) {
        const id = group(azure, `rg-${round}-${writer}-${n}`);
        const { status } = await arm("PUT", id, { location: "westeurope" }).catch(() => ({ status: 0 }));
        if (status === 201) answered.push(id);
        if (answered.length > 30 * (round + 1)) killed = child.kill("SIGKILL");
      }
    };
    await Promise.all([write(0), write(1), write(2), write(3)]);
    expect(await exit).toBeNull();
  }
  expect(answered.length).toBeGreaterThan(90);
});

test("a second process is refused a data file, and gets it when the first one is killed", async () => {
  const data = join(directory, "shared.data");
  const { child, exit } = await started("--data", data);
  const second = run("--data", data);
  expect(await second.exit).toBe(1);
  expect(second.output()).toContain(`The emulator did not start: another emulator uses ${data}. Stop that emulator,`);
  child.kill("SIGKILL");
  await exit;
  const third = await started("--data", data);
  third.child.kill("SIGTERM");
  expect(await third.exit).toBe(0);
  // Nothing of the store's own, such as what its version of Node thinks of it.
  expect(third.output()).not.toMatch(/warning|sqlite/i);
});

test("an emulator starts with the resource groups that its command names", async () => {
  const data = join(directory, "groups.data");
  const groups = ["--resource-group", "rg-payroll", "--resource-group", "rg-orders=North Europe", "--data", data];
  for (let round = 0; round < 2; round += 1) {
    const { azure, child, exit } = await started(...groups);
    try {
      const arm = await armClient(azure);
      expect((await arm("GET", group(azure))).body).toMatchObject({ name: "rg-payroll", location: "westeurope" });
      expect((await arm("GET", group(azure, "rg-orders"))).body).toMatchObject({ location: "northeurope" });
      const { body } = await arm("GET", group(azure).replace(/\/[^/]+$/, ""));
      expect(body.value).toHaveLength(2);
      child.kill("SIGTERM");
      expect(await exit).toBe(0);
    } finally {
      child.kill("SIGKILL");
    }
  }
});

test("a port that is taken is said in a sentence", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const { port } = other.address() as { port: number };
  const emulator = run("--port", String(port));
  expect(await emulator.exit).toBe(1);
  expect(emulator.output()).toBe(
    `azure-backup-emulator: The emulator did not start: port ${port} is in use. Choose another port, or 0 for any free port.\n`,
  );
  other.close();
});

test.each([
  [["--port", "70000"], "The port must be a number from 0 to 65535."],
  [["--operation-seconds", "soon"], "The duration must be a number of seconds."],
  [["--for", "cobol"], "Allowed choices are pulumi-azure-backup,"],
  [["--client-certificate", "nothing.pem"], "The certificate nothing.pem cannot be read: ENOENT."],
  [["--client-certificate", "package.json"], "clientCertificates[0] is not a certificate in PEM format"],
  [["--resource-group", "rg payroll"], '"rg payroll" is not a valid resource group name.'],
  [["--resource-group", "rg", "--resource-group", "rg-b=mars"], "is not an Azure region"],
  [["--seed", "nothing.json"], "the seed nothing.json could not be applied.\n- ENOENT"],
])("%j is refused", async (args, sentence) => {
  const emulator = run(...args);
  expect(await emulator.exit).toBe(1);
  expect(emulator.output()).toContain(sentence);
});
