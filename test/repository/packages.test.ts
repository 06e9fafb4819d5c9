import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../../scripts/lib/root.mjs";
import { brought, installPacked, type Manifest, provide } from "../support/packed.js";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "packages-"));
});
afterEach(() => rmSync(directory, { recursive: true }));

test("pulumi-azure-backup brings no emulator, and no library that only the emulator needs", () => {
  const { files, manifest, at } = installPacked("pulumi-azure-backup", directory);
  expect(files.filter((file) => /^dist\/|^emulator/.test(file) && /emulator\//.test(file))).toEqual([]);
  expect(files).toContain("dist/cli/main.js");
  // With PulumiPlugin.yaml, Pulumi would run `npm install` in the installed package.
  expect(files.filter((file) => file.startsWith("plugin/")).sort()).toEqual([
    "plugin/index.js",
    "plugin/pulumi-resource-azure-backup",
    "plugin/pulumi-resource-azure-backup.cmd",
  ]);
  const names = brought(manifest.dependencies);
  expect(names).toContain("@azure/identity");
  expect(names).not.toContain("azure-backup-emulator");
  expect(Object.keys(manifest.dependencies)).not.toContain("jsonwebtoken");
  // What is in it loads with what it brings: nothing reaches for the emulator.
  provide(names, directory);
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
  const { files, manifest, at } = installPacked("azure-backup-emulator", directory);
  expect(files).toEqual(expect.arrayContaining(["README.md", "LICENSE", "docs/emulator.md", "dist/page/script.mjs"]));
  expect(files.filter((file) => file.endsWith(".ts") && !file.startsWith("dist/"))).toEqual([]);
  expect(files.filter((file) => /tsbuildinfo|^provider/.test(file))).toEqual([]);
  const names = brought({ ...manifest.dependencies, ...manifest.peerDependencies });
  expect(names.filter((name) => /pulumi/.test(name))).toEqual([]);
  provide(names, directory);

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

test("both packages have one version", () => {
  const [ours, emulators] = ["package.json", "emulator/package.json"].map(
    (file): Manifest => JSON.parse(readFileSync(join(root, file), "utf8")),
  );
  expect(emulators?.version).toBe(ours?.version);
});
