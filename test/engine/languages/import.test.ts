import { readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { type Emulator, startEmulator } from "../../../emulator/index.js";
import { resourceTypeNames } from "../../../provider/vaults/resourceTypes.js";
import { root } from "../../../scripts/lib/root.mjs";
import { createOneOfEach } from "../../support/oneOfEach.js";
import { missing, needing, sdkGenerators, translated } from "../../support/sdk.js";
import { newStack, type Stack } from "../../support/stack.js";
import { compileGoProgram, installGoExample, installNodeSdk, languages, usePythonSdk } from "./installSdk.js";

// One `pulumi import` of a resource of each type, and in each language a preview of the program that it generates.

let azure: Emulator;
let stack: Stack;
let programs: Record<string, string>;
let writes: number;

const project = (text: string) => {
  writeFileSync(join(stack.directory, "Pulumi.yaml"), text);
  stack.withPlugin();
};
const write = (file: string, text = "") => writeFileSync(join(stack.directory, file), text);

beforeAll(async () => {
  if (missing(sdkGenerators)) return;
  azure = await startEmulator({ trust: true });
  const made = await createOneOfEach(azure);
  writes = azure.writes().length;
  stack = await newStack(azure.env);
  project("name: vaults\nruntime: pcl\n");
  // Named as Azure names things, not as programs do.
  const resources = resourceTypeNames.map((type) => ({
    type: `azure-backup:index:${type}`,
    name: `rg-payroll.${type}`,
    id: made[type].id,
  }));
  write("import.json", JSON.stringify({ resources }));
  const { PATH } = stack.env;
  stack.env.PATH = [join(root, "test/support/pcl"), PATH].join(delimiter);
  const how = ["--file", "import.json", "--skip-preview", "--protect=false", "--out", "imported.pp"];
  const { code, output } = await stack.pulumi("import", ...how, "--yes");
  stack.env.PATH = PATH;
  if (code !== 0) throw new Error(output);
  programs = translated(readFileSync(join(stack.directory, "imported.pp"), "utf8"));
});

afterAll(async () => {
  stack?.remove();
  await azure?.close();
});

/** As docs/plugin.md says it: another name in the import, and the values of enums as text. */
function withClasses(program: string): string {
  const { types } = JSON.parse(readFileSync(join(root, "docs/schema.json"), "utf8"));
  const enumValue = (type: string, name: string) =>
    types[`azure-backup:index:${type}`].enum.find(
      (each: { name?: string; value: string }) => (each.name ?? each.value) === name,
    ).value;
  return program
    .replace("pulumi-azure-backup-sdk", "pulumi-azure-backup")
    .replace(/\bazure_backup\.(\w+)\.(\w+)/g, (_, type, name) => JSON.stringify(enumValue(type, name)));
}

const install: Record<keyof typeof languages, () => Promise<void>> = {
  async TypeScript() {
    project("name: vaults\nruntime: nodejs\n");
    write("package.json", '{ "name": "vaults", "main": "index.ts" }\n');
    write("index.ts", programs.typescript);
    await installNodeSdk(stack.directory);
  },
  async Python() {
    project("name: vaults\nruntime: python\n");
    write("__main__.py", programs.python);
    await usePythonSdk(stack);
  },
  async Go() {
    await installGoExample(stack.directory);
    project("name: vaults\nruntime: go\n");
    write("main.go", programs.go);
    await compileGoProgram(stack);
  },
};

for (const language of ["TypeScript", "Python", "Go"] as const)
  needing(languages[language])("what an import generates previews without changes", async () => {
    await install[language]();
    const { code, output } = await stack.preview("--expect-no-changes");
    expect({ code, output }).toMatchObject({ code: 0 });
    for (const type of resourceTypeNames)
      expect(programs[language.toLowerCase()]).toMatch(new RegExp(`\\.(New)?${type}\\(`));
    expect(azure.writes()).toHaveLength(writes);
  });

needing(languages.TypeScript)(
  "with the npm package's classes, what an import generates previews without changes",
  async () => {
    project("name: vaults\nruntime: nodejs\nconfig:\n  azure-backup:usePlugin: true\n");
    write("package.json", '{ "name": "vaults", "main": "index.ts" }\n');
    write("index.ts", withClasses(programs.typescript ?? ""));
    const { code, output } = await stack.preview("--expect-no-changes");
    expect({ code, output }).toMatchObject({ code: 0 });
    expect(azure.writes()).toHaveLength(writes);
  },
);
