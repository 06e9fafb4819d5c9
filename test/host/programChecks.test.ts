import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { frontOf, handlerProblem, nodeProblem, warnOfUnknownSettings } from "../../provider/host/program/checks.js";
import { pluginProblem } from "../../provider/host/program/findPlugin.js";
import { root } from "../../scripts/lib/root.mjs";

test.each(["v22.0.0", "v22.13.0", "v24.1.0", "v100.0.0"])("Node.js %s is new enough", (version) => {
  expect(nodeProblem(version)).toBeUndefined();
});

test.each(["v20.20.2", "v18.0.0", "v21.7.3"])("Node.js %s is refused with what to do", (version) => {
  expect(nodeProblem(version)).toBe(
    `pulumi-azure-backup requires Node.js 22 or later, and this program runs on ${version}. ` +
      "Install a newer Node.js and run the command again.",
  );
});

test("the handlers are found from where the package is installed", () => {
  expect(handlerProblem(root)).toBeUndefined();
});

test.each([
  ["package-lock.json", "npm install"],
  ["pnpm-lock.yaml", "pnpm add"],
  ["yarn.lock", "yarn add"],
  ["bun.lock", "bun add"],
  [undefined, "npm install"],
])("a directory without the package is named, with the command that installs it there (%s)", (lockFile, command) => {
  const workspace = mkdtempSync(join(tmpdir(), "no-package-"));
  try {
    const directory = join(workspace, "apps/vaults");
    mkdirSync(directory, { recursive: true });
    if (lockFile) writeFileSync(join(workspace, lockFile), "");
    expect(handlerProblem(directory)).toContain(`run \`${command} pulumi-azure-backup\` in ${directory},`);
  } finally {
    rmSync(workspace, { recursive: true });
  }
});

test.each([
  [undefined, "dynamic"],
  ["", "dynamic"],
  ["false", "dynamic"],
  ["true", "plugin"],
  [" true ", "plugin"],
])("azure-backup:usePlugin set to %p chooses what serves the classes: %s", (value, front) => {
  expect(frontOf(value)).toBe(front);
});

describe("with azure-backup:usePlugin, a plugin", () => {
  const directory = mkdtempSync(join(tmpdir(), "no-plugin-"));
  const home = { PULUMI_HOME: join(directory, "home"), PATH: "" };
  const project = (text: string) => {
    const at = mkdtempSync(join(directory, "project-"));
    mkdirSync(join(at, "program"));
    writeFileSync(join(at, "Pulumi.yaml"), text);
    return join(at, "program");
  };
  const path = "plugins:\n  providers:\n    - name: azure-backup\n      path: node_modules/.bin\n";
  afterAll(() => rmSync(directory, { recursive: true }));

  test("that the engine finds nowhere is missed, with the commands that install it", () => {
    const problem = pluginProblem(project("name: azure-backups\n"), home);
    expect(problem).toContain("pulumi plugin install resource azure-backup");
    expect(problem).toContain("Pulumi.yaml");
  });

  test.each([
    ["in Pulumi.yaml", path, {}],
    ["on PATH", "", { PATH: join(root, "plugin") }],
    ["under a debugger", "", { PULUMI_DEBUG_PROVIDERS: "other:1,azure-backup:2" }],
  ])("%s is none to miss", (_, more, env) => {
    expect(pluginProblem(project(`name: vaults\n${more}`), { ...home, ...env })).toBeUndefined();
  });

  test("that is installed is none to miss", () => {
    mkdirSync(join(home.PULUMI_HOME, "plugins", "resource-azure-backup-v0.1.0"), { recursive: true });
    expect(pluginProblem(project("name: vaults\n"), home)).toBeUndefined();
  });
});

test.each(["yes", "True", "1", "plugin"])("azure-backup:usePlugin cannot be %p", (value) => {
  expect(() => frontOf(value)).toThrow(`azure-backup:usePlugin must be true or false; it is "${value}".`);
});

test("a key of the stack's configuration that nobody reads is a warning", async () => {
  const warnings: string[] = [];
  pulumi.runtime.setAllConfig({ "azure-backup:tenantID": "t", "azure-backup:clientId": "c", "other:tenantID": "t" });
  try {
    await warnOfUnknownSettings(async (message) => void warnings.push(message));
  } finally {
    pulumi.runtime.setAllConfig({});
  }
  expect(warnings).toEqual([
    'The stack\'s configuration has the unknown key "azure-backup:tenantID", which has no effect; ' +
      'did you mean "azure-backup:tenantId"?',
  ]);
});
