import { spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { downloadPulumi } from "../../scripts/lib/pulumiDownload.mjs";
import { pulumiVersion } from "../../scripts/lib/pulumiVersion.mjs";
import { root } from "../../scripts/lib/root.mjs";

const parts = ["pulumi", "pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"];
let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "pulumi-toolchain-"));
});
afterEach(() => rmSync(directory, { recursive: true }));

test("a recent Pulumi on PATH is used", async () => {
  const theirs = toolchain("theirs", "v3.216.0");
  const { output } = await findPulumi([theirs]);
  expect(output).toBe(theirs);
});

test("a Pulumi that is too old is passed over for the one in the cache", async () => {
  const cached = toolchain(inCache(), `v${pulumiVersion}`);
  const { output } = await findPulumi([toolchain("theirs", "v3.215.9")]);
  expect(output).toBe(cached);
});

test("a Pulumi without its Node language host beside it is passed over", async () => {
  const cached = toolchain(inCache(), `v${pulumiVersion}`);
  const theirs = toolchain("theirs", "v3.230.0");
  rmSync(join(theirs, "pulumi-language-nodejs"));
  const { output } = await findPulumi([theirs]);
  expect(output).toBe(cached);
});

test("without Pulumi, without a network and without Go, a sentence says what to install", async () => {
  const { code, output } = await findPulumi([]);
  expect(code).toBe(1);
  expect(output).toContain("Pulumi's download cannot be reached");
  expect(output).toContain("Building Pulumi requires Go 1.25.11 or later, and none is on PATH. Get it from");
  expect(readdirSync(join(directory, "cache", "pulumi-azure-backup"))).toEqual([]);
});

test("a Go that is too old is named in the sentence", async () => {
  const go = join(directory, "go");
  program(join(go, "go"), 'if [ "$1" = version ]; then echo go version go1.19.8 linux/amd64; else exit 1; fi');
  const { output } = await findPulumi([go]);
  expect(output).toContain("requires Go 1.25.11 or later, and this is go version go1.19.8");
});

test("a release is unpacked with its programs side by side", async () => {
  toolchain("release/pulumi", "v3.300.0");
  const archive = spawnSync("tar", ["-czf", "-", "-C", join(directory, "release"), "pulumi"]).stdout;
  const asked: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url);
    response.end(archive);
  }).listen(0, "127.0.0.1");
  await new Promise((listening) => server.once("listening", listening));
  const to = join(directory, "to");
  mkdirSync(to);
  try {
    const { port } = server.address() as AddressInfo;
    expect(await downloadPulumi("3.300.0", to, `http://127.0.0.1:${port}`)).toBeUndefined();
  } finally {
    server.close();
  }
  expect(asked).toEqual([`/pulumi-v3.300.0-${process.platform}-${process.arch}.tar.gz`]);
  expect(readdirSync(to).sort()).toEqual(parts);
});

test("the Go module pins the engine and its SDK to one version", () => {
  const goModule = readFileSync(join(root, "scripts/pulumi/engine/go.mod"), "utf8");
  expect(goModule).toContain(`github.com/pulumi/pulumi/sdk/v3 v${pulumiVersion} `);
});

const inCache = () => `cache/pulumi-azure-backup/pulumi-${pulumiVersion}-${process.platform}-${process.arch}`;

/** Programs under Pulumi's names, of which the first knows its version. */
function toolchain(name: string, version: string) {
  for (const part of parts) program(join(directory, name, part), `echo ${version}`);
  return join(directory, name);
}

function program(file: string, script: string) {
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
}

/** Looks for Pulumi on a machine that has nothing but curl, tar and these directories, and reaches no network. */
async function findPulumi(onPath: string[]) {
  const bare = join(directory, "bare");
  mkdirSync(bare);
  for (const tool of ["curl", "tar", "gzip", "sh", "uname"]) {
    const { stdout } = spawnSync("which", [tool], { encoding: "utf8" });
    symlinkSync(stdout.trim(), join(bare, tool));
  }
  const look = `import(${JSON.stringify(join(root, "scripts/lib/pulumi.mjs"))})
    .then(({ findPulumi }) => findPulumi())
    .then((found) => console.log(found), (error) => { console.log(error.message); process.exitCode = 1; });`;
  const child = spawn(process.execPath, ["-e", look], {
    env: {
      PATH: [...onPath, bare].join(":"),
      XDG_CACHE_HOME: join(directory, "cache"),
      https_proxy: "http://127.0.0.1:9",
    },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (output += text));
  const code = await new Promise<number | null>((done) => child.on("close", done));
  return { code, output: output.trim() };
}
