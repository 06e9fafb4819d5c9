import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { root } from "../../scripts/lib/root.mjs";

/** Where a file stands, what it imports, and the rule that forbids it. */
const forbidden = [
  ["provider/rules/a.ts", "../azure/leaf.js", "rules-are-pure"],
  ["provider/rules/b.ts", "node:fs", "rules-are-pure"],
  ["provider/azure/a.ts", "../rules/leaf.js", "azure-knows-only-azure"],
  ["provider/host/a.ts", "../rules/leaf.js", "host-is-a-seam"],
  ["provider/host/plugin/a.ts", "../dynamic/leaf.js", "fronts-stand-apart"],
  ["provider/lifecycle/a.ts", "../../emulator/leaf.js", "lifecycle-hands-on"],
  ["provider/lifecycle/b.ts", "../resources/leaf.js", "lifecycle-loads-no-resource"],
  ["provider/resources/a.ts", "../lifecycle/leaf.js", "resources-load-nothing-else"],
  ["provider/resources/b.ts", "../host/leaf.js", "resources-load-nothing-else"],
  ["provider/overview/a.ts", "../resources/leaf.js", "overview-asks-and-judges"],
  ["provider/functions/getA.ts", "../azure/leaf.js", "functions-load-when-called"],
  ["emulator/a.ts", "../provider/rules/leaf.js", "emulator-stands-alone"],
  ["emulator/b.ts", "@pulumi/pulumi", "emulator-stands-alone"],
  ["provider/lifecycle/a.ts", "../../emulator/leaf.js", "nobody-needs-the-emulator"],
  ["cli/f.ts", "../emulator/leaf.js", "cli-reaches-no-handler"],
  ["cli/f.ts", "../emulator/leaf.js", "nobody-needs-the-emulator"],
  ["provider/b.ts", "../emulator/leaf.js", "nobody-needs-the-emulator"],
  ["review/a.ts", "../provider/azure/leaf.js", "review-knows-only-rules"],
  ["cli/a.ts", "../provider/lifecycle/leaf.js", "cli-reaches-no-handler"],
  ["provider/a.ts", "../test/leaf.js", "not-to-development"],
  ["cli/c.ts", "jest", "no-development-packages"],
  ["cli/d.ts", "./nowhere.js", "no-missing-modules"],
  ["cli/e.ts", "./e.js", "no-cycles"],
] as const;

/** The folders that import each other where these files do. */
const circles = ["azure", "lifecycle", "resources", "rules"].map((room) => `provider/${room}: no-folder-cycles`);

const allowed = [
  ["provider/azure/c.ts", "node:https"],
  ["provider/host/c.ts", "../azure/leaf.js"],
  ["provider/host/plugin/c.ts", "../leaf.js"],
  ["provider/lifecycle/c.ts", "../rules/leaf.js"],
  ["provider/resources/c.ts", "../host/fromProgram.js"],
  ["review/c.ts", "../provider/rules/leaf.js"],
  ["cli/g.ts", "../review/leaf.js"],
  ["cli/h.ts", "../provider/overview/leaf.js"],
  ["provider/overview/c.ts", "../lifecycle/leaf.js"],
  ["bench/c.ts", "../provider/lifecycle/leaf.js"],
  ["bench/d.ts", "../emulator/leaf.js"],
] as const;

const leaves = ["azure", "rules", "lifecycle", "resources", "host", "host/dynamic", "overview"].map(
  (room) => `provider/${room}/leaf.ts`,
);
const otherFiles = ["provider/host/fromProgram.ts", "emulator/leaf.ts", "review/leaf.ts", "test/leaf.ts"];

interface Violation {
  rule: { name: string };
  from: string;
}

test("every import against the direction of the rooms is found, and no other", async () => {
  const directory = mkdtempSync(join(tmpdir(), "import-directions-"));
  try {
    const write = (file: string, text: string) => {
      mkdirSync(dirname(join(directory, file)), { recursive: true });
      writeFileSync(join(directory, file), text);
    };
    for (const file of [...leaves, ...otherFiles]) write(file, "export const leaf = 1;\n");
    for (const [file, imported] of [...forbidden, ...allowed]) write(file, `export * from "${imported}";\n`);
    write("node_modules/jest/package.json", '{ "name": "jest", "main": "jest.js" }');
    write("node_modules/jest/jest.js", "");
    write("node_modules/@pulumi/pulumi/package.json", '{ "name": "@pulumi/pulumi", "main": "pulumi.js" }');
    write("node_modules/@pulumi/pulumi/pulumi.js", "");
    write("package.json", '{ "devDependencies": { "jest": "*" }, "peerDependencies": { "@pulumi/pulumi": "*" } }');

    const found = (await violations(directory)).map(({ from, rule }) => `${from}: ${rule.name}`);
    const expected = [...forbidden.map(([file, , rule]) => `${file}: ${rule}`), ...circles];
    expect(found.sort()).toEqual(expected.sort());
  } finally {
    rmSync(directory, { recursive: true });
  }
});

function violations(directory: string): Promise<Violation[]> {
  const checker = join(root, "node_modules/dependency-cruiser/bin/dependency-cruiser.mjs");
  const rooms = ["provider", "emulator", "review", "cli", "bench"];
  const args = [checker, "--config", join(root, ".dependency-cruiser.cjs"), "--output-type", "json", ...rooms];
  return new Promise((done, fail) => {
    execFile(process.execPath, args, { cwd: directory, maxBuffer: 1e8 }, (_, stdout, stderr) => {
      if (!stdout) return fail(new Error(stderr));
      done(JSON.parse(stdout).summary.violations);
    });
  });
}
