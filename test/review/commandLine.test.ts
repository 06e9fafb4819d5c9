import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { exitCode } from "../../cli/review.js";
import type { Report, ReviewedResource, Verdict } from "../../review/index.js";
import { root } from "../../scripts/lib/root.mjs";
import { terraformPlan } from "./planDocuments.js";
import { preview, type StepOf } from "./previews.js";

const directory = mkdtempSync(join(tmpdir(), "azure-backup-command-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const vault = (immutability: string) => ({
  vaultName: "payroll",
  resourceGroupName: "backups",
  location: "westeurope",
  properties: {
    storageSettings: [{ datastoreType: "VaultStore", type: "GeoRedundant" }],
    securitySettings: { immutabilitySettings: { state: immutability } },
  },
});
const change = (from: string, to: string): StepOf => ({
  op: "update",
  type: "azure-native:dataprotection:BackupVault",
  name: "payroll",
  // No id that Azure could be asked about.
  id: "payroll",
  old: vault(from),
  new: vault(to),
});

const azurerm = (immutability: string) => ({ id: "payroll", name: "payroll", immutability });
const unlocked = {
  type: "azurerm_data_protection_backup_vault",
  actions: ["update"],
  before: azurerm("Locked"),
  after: azurerm("Disabled"),
};

const previews = {
  refused: preview(change("Locked", "Unlocked")),
  warned: preview(change("Unlocked", "Locked")),
  clear: preview(change("Disabled", "Unlocked")),
  deleted: preview({ ...change("Unlocked", "Unlocked"), op: "delete", new: undefined }),
  failed: JSON.stringify({ steps: [], diagnostics: [{ severity: "error", message: "error: no such stack" }] }),
  broken: preview(change("Locked", "Unlocked")).slice(0, 300),
};
for (const [name, text] of Object.entries(previews)) writeFileSync(join(directory, name), text);

interface Ran {
  code: number;
  output: string;
  errors: string;
}

/** Nothing of this machine's Pulumi or Azure. */
async function command(args: string[], { input = "", env = {} }: { input?: string; env?: object } = {}): Promise<Ran> {
  const child = spawn(process.execPath, [join(root, "dist/cli/main.js"), ...args], {
    cwd: directory,
    env: { PATH: directory, ARM_CLIENT_ID: "none", ...env },
  });
  const ran = { code: 0, output: "", errors: "" };
  child.stdout.setEncoding("utf8").on("data", (text) => (ran.output += text));
  child.stderr.setEncoding("utf8").on("data", (text) => (ran.errors += text));
  child.stdin.on("error", () => {}).end(input);
  [ran.code] = await once(child, "close");
  return ran;
}

const review = (...args: string[]) => command(["review", ...args]);

test("the exit code says what was found, and what was not checked or determined does not pass", async () => {
  const decisions = ["refuse", "unchecked", "undecided", "warn", "clear"] as const;
  const failOn = ["refuse", "undecided", "warn", "never"] as const;
  const resources = [undecided({ needs: ["protection"], operation: "delete" }, "delete")];
  const codes = decisions.map((decision) => [
    decision,
    ...failOn.map((each) => exitCode({ decision, resources }, each)),
  ]);
  expect(codes).toEqual([
    //             refuse undecided warn never
    ["refuse", 1, 1, 1, 0],
    ["unchecked", 2, 2, 2, 0],
    ["undecided", 0, 4, 4, 0],
    ["warn", 0, 0, 3, 0],
    ["clear", 0, 0, 0, 0],
  ]);
  const runs = [
    review("--from", "failed"),
    review("--from", "warned", "--fail-on", "warn"),
    review("--from", "clear"),
    review("--from", "deleted"),
    review("--from", "deleted", "--fail-on", "refuse"),
  ];
  expect((await Promise.all(runs)).map(({ code }) => code)).toEqual([2, 3, 0, 4, 0]);
});

const undecided = (
  { needs, operation }: Pick<Verdict, "needs" | "operation">,
  planned: ReviewedResource["planned"],
  provider: ReviewedResource["provider"] = "azure-native",
  vault: Pick<ReviewedResource, "creates"> = {},
) => ({ provider, planned, ...vault, verdicts: [{ decision: "undecided", needs, operation }] }) as ReviewedResource;

test("what is open only until `pulumi up` passes for a new vault and for this package, which checks it before it writes", () => {
  const code = (...given: Parameters<typeof undecided>) =>
    exitCode({ decision: "undecided", resources: [undecided(...given)] }, "undecided");
  expect(code({ operation: "create" }, "create", "azure-native", { creates: true })).toBe(0);
  // A setting can be new on a vault that exists.
  expect(code({ operation: "change" }, "create", "azapi", { creates: true })).toBe(0);
  expect(code({ operation: "change" }, "create", "azapi")).toBe(4);
  expect(code({ operation: "change" }, "update", "azure-backup")).toBe(0);
  expect(code({ operation: "change" }, "update")).toBe(4);
  expect(code({ operation: "delete" }, "replace", "azure-backup")).toBe(4);
  expect(code({ operation: "create", needs: ["key"] }, "create", "azure-backup")).toBe(4);
});

test("what cannot be reviewed is said in words, without a stack trace, and is no refusal", async () => {
  const runs = await Promise.all([
    review("--from", "broken"),
    review("--from", "nowhere"),
    review("--format", "carrier-pigeon"),
    review(),
    review("--cwd", "nowhere"),
    review("--from", "refused", "--out", "no/such/directory/page"),
    review("--from", "refused", "--from", "clear"),
  ]);
  expect(runs.map(({ code }) => code)).toEqual([2, 2, 2, 2, 2, 2, 2]);
  const said = runs.map(({ errors }) => errors);
  expect(said[0]).toContain("broken could not be reviewed. It is incomplete");
  expect(said[1]).toContain("nowhere could not be reviewed. ENOENT");
  expect(said[2]).toContain("Allowed choices are text, markdown, json, sarif");
  expect(said[3]).toContain("pulumi could not be started in .: install it");
  expect(said[5]).toBe(
    "azure-backup review: --out no/such/directory/page: the directory no/such/directory does not exist. " +
      "Create it, or pass another file.\n",
  );
  expect(said[6]).toContain("option '--from <file>' argument 'clear' is invalid. It was given twice.");
  expect(said.join()).not.toMatch(/^\s+at /m);
});

test("a plan of Terraform is reviewed without Pulumi, and without a word of it", async () => {
  writeFileSync(join(directory, "plan.json"), terraformPlan([unlocked]));
  const isMissing = `import M from "node:module"; const load = M._load; M._load = function (name, ...rest) {
    if (name.startsWith("@pulumi/")) throw new Error(name);
    return load.call(this, name, ...rest);
  };`;
  const env = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(isMissing)}` };
  const { code, output, errors } = await command(["review", "--from", "plan.json", "--name", "infra"], { env });
  expect({ code, errors }).toEqual({ code: 1, errors: "" });
  expect(output).toMatch(/^Azure Backup, infra: /);
  expect(output).not.toMatch(/pulumi (up|state)|stack's|azure-backup:/);
});

test("a preview may come in on standard input, and the page go to a file", async () => {
  const { code, output } = await command(["review", "--from", "-", "--format", "markdown", "--out", "page.md"], {
    input: previews.refused,
  });
  expect({ code, output }).toEqual({ code: 1, output: "" });
  const page = readFileSync(join(directory, "page.md"), "utf8");
  expect(page).toMatch(/^<!-- azure-backup review: vaults\/prod -->\n### ⛔ Azure Backup: 1 change refused/);
});

test("--json is short for --format json, and goes with no other format", async () => {
  const [json, both, markdown] = await Promise.all([
    review("--from", "refused", "--json"),
    review("--from", "refused", "--json", "--format", "json"),
    review("--from", "refused", "--format", "markdown", "--json"),
  ]);
  expect((JSON.parse(json.output) as Report).counts.refused).toBe(1);
  expect(both.output).toBe(json.output);
  expect(markdown).toEqual({
    code: 2,
    output: "",
    errors: "error: option '--json' cannot be used with '--format markdown'\n",
  });
});

test("a reader that has seen enough leaves the exit code as it is, and no stack trace", async () => {
  const child = spawn(process.execPath, [join(root, "dist/cli/main.js"), "review", "--from", "refused"], {
    cwd: directory,
    env: { PATH: directory, ARM_CLIENT_ID: "none" },
  });
  child.stdout.destroy();
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text) => (errors += text));
  expect(await once(child, "close")).toEqual([1, null]);
  expect(errors).toBe("");
});

test("the stack itself is no step that was left out", async () => {
  const stack: StepOf = { op: "create", type: "pulumi:pulumi:Stack", name: "vaults-prod" };
  const bucket: StepOf = { op: "create", type: "aws:s3/bucket:Bucket", name: "b", new: {} };
  const pages = await Promise.all(
    [preview(stack), preview(stack, bucket)].map((input) => command(["review", "--from", "-"], { input })),
  );
  expect(pages[0]?.output).toMatch(/Checked 0 vault changes\.\n$/);
  expect(pages[1]?.output).toMatch(/Checked 0 vault changes\. The preview has 1 other step\.\n$/);
});

test("each format is written, with colours where they are wanted", async () => {
  const [json, sarif, plain, coloured, never] = await Promise.all([
    review("--from", "refused", "--format", "json"),
    review("--from", "refused", "--format", "sarif"),
    review("--from", "refused"),
    command(["review", "--from", "refused"], { env: { FORCE_COLOR: "1" } }),
    command(["review", "--from", "refused"], { env: { FORCE_COLOR: "1", NO_COLOR: "1" } }),
  ]);
  expect((JSON.parse(json.output) as Report).counts.refused).toBe(1);
  expect(JSON.parse(sarif.output).version).toBe("2.1.0");
  expect(plain.output).toContain("Locked immutability is permanent.");
  const escapeCode = "\u001b[";
  expect([plain, coloured, never].map(({ output }) => output.includes(escapeCode))).toEqual([false, true, false]);
});

test("arguments after -- go to pulumi, with what makes its preview one for a review", async () => {
  const stub = join(directory, "pulumi");
  const script = `#!${process.execPath}
    require("node:fs").writeFileSync("called.json", JSON.stringify({ args: process.argv.slice(2), file: process.env.PULUMI_AZURE_BACKUP_REVIEW }));
    process.stdout.write(${JSON.stringify(previews.clear)});`;
  writeFileSync(stub, script, { mode: 0o755 });
  try {
    const { code, errors } = await review("--stack", "prod", "--", "--target", "urn");
    expect({ code, errors }).toEqual({ code: 0, errors: "" });
    const { args, file } = JSON.parse(readFileSync(join(directory, "called.json"), "utf8"));
    const flags = ["--json", "--show-replacement-steps", "--show-sames", "--non-interactive"];
    expect(args).toEqual(["preview", ...flags, "--stack", "prod", "--target", "urn"]);
    // Nothing of it is left.
    expect(existsSync(dirname(file))).toBe(false);
  } finally {
    rmSync(stub);
  }
});

test("a preview that fails is no pass, whatever it has written", async () => {
  const stub = join(directory, "pulumi");
  const failing = (text: string) => {
    const script = `#!${process.execPath}
      process.stdout.write(${JSON.stringify(text)}); process.stderr.write("error: no stack named prod\\n"); process.exitCode = 255;`;
    writeFileSync(stub, script, { mode: 0o755 });
    return review();
  };
  try {
    expect(await failing("")).toMatchObject({ code: 2, errors: expect.stringContaining("no stack named prod") });
    expect(await failing(previews.clear)).toMatchObject({ code: 2, errors: expect.stringContaining("exit code 255") });
    const refused = await failing(previews.refused);
    expect(refused).toMatchObject({ code: 1, output: expect.stringContaining("exit code 255") });
  } finally {
    rmSync(stub);
  }
});

test("no name or message is a command to the pipeline whose log shows it", async () => {
  const [evil, hidden] = ["::add-mask::payroll", "##vso[task.complete result=Succeeded]payroll"];
  const message = `error: failed\n::error::nothing\n  ##[group]more`;
  const steps = [evil, hidden].map((name) => ({
    ...change("Locked", "Unlocked"),
    name,
    new: { ...vault("Unlocked"), vaultName: name },
  }));
  const text = preview(...steps, { ...steps[0], op: "transmute", name: evil } as StepOf);
  const input = text.replace(/^{/, `{"diagnostics":[{"severity":"error","message":${JSON.stringify(message)}}],`);
  const runs = ["text", "json", "sarif", "markdown"].map((format) =>
    command(["review", "--from", "-", "--format", format], { input }),
  );
  const missing = command(["review", "--from", "no\n::error::nothing"]);
  for (const { output, errors } of await Promise.all([...runs, missing])) {
    expect(output + errors).toContain("nothing");
    expect(output + errors).not.toMatch(/^\s*::|##(vso)?\[/m);
  }
  const report: Report = JSON.parse((await runs[1])?.output ?? "");
  expect(report.resources.map(({ name }) => name)).toContain(hidden);
});

test("rules are listed, printed in full, and an unknown one is said to be unknown", async () => {
  const [all, one, none] = await Promise.all([
    command(["rules"]),
    command(["rules", "immutability-locked"]),
    command(["rules", "immutability-lost"]),
  ]);
  expect(all).toMatchObject({ code: 0, output: expect.stringMatching(/^refuse immutability-locked +A locked vault/m) });
  expect(one.output).toContain("from Locked: none");
  expect(one.output).toContain("https://learn.microsoft.com/azure/backup/backup-azure-immutable-vault-concept");
  expect(none).toMatchObject({ code: 1, errors: expect.stringContaining('there is no rule "immutability-lost"') });
});
