import { execFileSync, spawn } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { root } from "../../scripts/lib/root.mjs";

interface Manifest {
  version: string;
  engines: { node: string };
  dependencies: Record<string, string>;
  peerDependencies?: Record<string, string>;
}

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "packages-"));
});
afterEach(() => rmSync(directory, { recursive: true }));

/** What `npm pack` would publish of a package, unpacked where npm would install it. */
function installed(name: string, from: string): { files: string[]; manifest: Manifest; at: string } {
  const at = join(directory, "node_modules", name);
  execFileSync("npm", ["pack", "--ignore-scripts", "--silent", "--pack-destination", directory], { cwd: from });
  const tarball = readdirSync(directory).find((file) => file.startsWith(`${name}-`) && file.endsWith(".tgz")) ?? "";
  mkdirSync(at, { recursive: true });
  execFileSync("tar", ["-xzf", join(directory, tarball), "--strip-components=1", "-C", at]);
  const files = readdirSync(at, { recursive: true, encoding: "utf8" }).map((file) => file.replaceAll("\\", "/"));
  return { files, manifest: JSON.parse(readFileSync(join(at, "package.json"), "utf8")), at };
}

/** All that npm installs for a package: its dependencies, theirs and so on, as the lock file has them. */
function brought(dependencies: Record<string, string>): string[] {
  const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  const names = new Set<string>();
  const add = (name: string) => {
    if (names.has(name)) return;
    names.add(name);
    for (const next of Object.keys(packages[`node_modules/${name}`]?.dependencies ?? {})) add(next);
  };
  for (const name of Object.keys(dependencies)) add(name);
  return [...names];
}

/** Puts these packages beside an installed one, and no others. */
function provide(names: string[]): void {
  for (const name of names) {
    const at = join(directory, "node_modules", name);
    mkdirSync(dirname(at), { recursive: true });
    symlinkSync(join(root, "node_modules", name), at);
  }
}

test("pulumi-azure-backup brings no emulator, and no library that only the emulator needs", () => {
  const { files, manifest, at } = installed("pulumi-azure-backup", root);
  expect(files.filter((file) => /^dist\/|^emulator/.test(file) && /emulator\//.test(file))).toEqual([]);
  expect(files).toContain("dist/cli/main.js");
  const names = brought(manifest.dependencies);
  expect(names).toContain("@azure/identity");
  expect(names).not.toContain("azure-backup-emulator");
  expect(Object.keys(manifest.dependencies)).not.toContain("jsonwebtoken");
  // What is in it loads with what it brings: nothing reaches for the emulator.
  provide(names);
  const help = execFileSync(process.execPath, [join(at, "dist/cli/main.js"), "--help"], { encoding: "utf8" });
  expect(help).toContain("npx azure-backup-emulator");
});

test("its former command says in a sentence how the emulator is run now", () => {
  const child = spawn(process.execPath, [join(root, "dist/cli/main.js"), "emulator", "--port", "7", "--verbose"]);
  let output = "";
  child.stderr.setEncoding("utf8").on("data", (text) => (output += text));
  return new Promise<void>((done) => {
    child.on("close", (code) => {
      expect({ code, output }).toEqual({
        code: 1,
        output:
          "azure-backup failed: The emulator is a package of its own. Run `npx azure-backup-emulator`, which takes the " +
          "same options.\n",
      });
      done();
    });
  });
});

test("azure-backup-emulator brings no Pulumi, and runs with what it brings", async () => {
  const { files, manifest, at } = installed("azure-backup-emulator", join(root, "emulator"));
  expect(files).toEqual(expect.arrayContaining(["README.md", "LICENSE", "docs/emulator.md", "dist/page/script.mjs"]));
  expect(files.filter((file) => file.endsWith(".ts") && !file.startsWith("dist/"))).toEqual([]);
  expect(files.filter((file) => /tsbuildinfo|^provider/.test(file))).toEqual([]);
  const names = brought({ ...manifest.dependencies, ...manifest.peerDependencies });
  expect(names.filter((name) => /pulumi/.test(name))).toEqual([]);
  provide(names);

  const child = spawn(process.execPath, [join(at, "dist/main.js"), "--ready-file", join(directory, "ready.json")]);
  try {
    for (let waited = 0; !existsSync(join(directory, "ready.json")); waited += 50) {
      if (child.exitCode !== null || waited > 60_000) throw new Error("The emulator did not start.");
      await new Promise((later) => setTimeout(later, 50));
    }
  } finally {
    child.kill();
  }
  const options = { encoding: "utf8", cwd: directory } as const;
  const program = `const { startEmulator } = require("azure-backup-emulator");
    startEmulator().then(async (azure) => {
      console.log(azure.createResourceGroup("rg-payroll").name);
      await azure.close();
    });`;
  expect(execFileSync(process.execPath, ["-e", program], options)).toBe("rg-payroll\n");
});

test("a TypeScript program is checked against the emulator's types", () => {
  installed("azure-backup-emulator", join(root, "emulator"));
  provide(["@types/node", "undici-types"]);
  const program = `import { startEmulator } from "azure-backup-emulator";
    startEmulator({ operationMs: 10 }).then(({ env }): string => env.ARM_CLIENT_ID);
    startEmulator({ operationMs: "ten" });`;
  writeFileSync(join(directory, "program.ts"), program);
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const args = [tsc, "--noEmit", "--strict", "--module", "nodenext", "--types", "node", "program.ts"];
  let output = "";
  try {
    execFileSync(process.execPath, args, { cwd: directory, encoding: "utf8" });
  } catch (error) {
    output = (error as { stdout: string }).stdout;
  }
  expect(output.trim().split("\n")).toEqual([expect.stringMatching(/^program\.ts\(3,\d+\): error TS2322/)]);
});

test("both packages have one version", () => {
  const [ours, emulators] = ["package.json", "emulator/package.json"].map(
    (file): Manifest => JSON.parse(readFileSync(join(root, file), "utf8")),
  );
  expect(emulators?.version).toBe(ours?.version);
});
