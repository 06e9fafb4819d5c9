import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Emulator } from "../../emulator/index.js";
import { armClient, group } from "./client.js";

const root = join(__dirname, "../..");
const directory = mkdtempSync(join(tmpdir(), "azure-backup-test-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

interface Run {
  child: ChildProcess;
  /** Standard output and standard error. */
  output(): string;
  exit: Promise<number | null>;
}

function run(...args: string[]): Run {
  const child = spawn("node", [join(root, "dist/cli/main.js"), "emulator", ...args], { stdio: "pipe" });
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
      NODE_EXTRA_CA_CERTS: azure.caFile,
    });
    const arm = await armClient(azure);
    expect((await arm("PUT", group(azure), { location: "westeurope" })).status).toBe(201);
    await until(() => /201 PUT +\/subscriptions\//.test(emulator.output()));
    expect(emulator.output()).toContain(`export ARM_METADATA_HOSTNAME='${azure.env.ARM_METADATA_HOSTNAME}'`);
    emulator.child.kill("SIGTERM");
    expect(await emulator.exit).toBe(0);
    expect(existsSync(azure.caFile)).toBe(false);
  } finally {
    emulator.child.kill("SIGKILL");
  }
});

test("a port that is taken is said in a sentence", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const { port } = other.address() as { port: number };
  const emulator = run("--port", String(port));
  expect(await emulator.exit).toBe(1);
  expect(emulator.output()).toBe(
    `azure-backup failed: The emulator did not start: port ${port} is in use. Choose another one, or 0 for any free one.\n`,
  );
  other.close();
});

test.each([
  [["--port", "70000"], "A port from 0 to 65535 is expected."],
  [["--operation-seconds", "soon"], "A number of seconds is expected."],
])("%j is refused", async (args, sentence) => {
  const emulator = run(...args);
  expect(await emulator.exit).toBe(1);
  expect(emulator.output()).toContain(sentence);
});
