import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import MarkdownIt from "markdown-it";
import { markdown, type Report, review, sarif, text } from "../../review/index.js";
import { root } from "../../scripts/lib/root.mjs";
import { preview, type StepOf } from "./previews.js";

const type = "azure-native:dataprotection:BackupVault";
const vault = (name: string, immutability: string) => ({
  vaultName: name,
  resourceGroupName: "backups",
  location: "westeurope",
  properties: {
    storageSettings: [{ datastoreType: "VaultStore", type: "GeoRedundant" }],
    securitySettings: { immutabilitySettings: { state: immutability } },
  },
});
const change = (name: string, from: string, to: string, more: Partial<StepOf> = {}): StepOf => ({
  op: "update",
  type,
  name,
  id: `/subscriptions/s/resourceGroups/backups/providers/Microsoft.DataProtection/backupVaults/${name}`,
  old: vault(name, from),
  new: vault(name, to),
  position: "project:///src/index.ts#7,3",
  ...more,
});

const steps = [
  change("payroll", "Locked", "Unlocked"),
  change("sales", "Unlocked", "Locked"),
  change("archive", "Disabled", "Unlocked", { op: "delete", new: undefined }),
  { op: "update", type: "azure:recoveryservices/vaults:Vaults", name: "old", old: {}, new: {} },
];

const of = (...those: StepOf[]): Promise<Report> => review(preview(...those), { now: 1_800_000_000 });
const html = (page: string) => new MarkdownIt({ html: true }).render(page);

test("the page for a pull request says the verdict first, then what is refused, and folds the rest", async () => {
  const page = markdown(await of(...steps));
  expect(page.split("\n").slice(0, 8)).toEqual([
    "<!-- azure-backup review: vaults/prod -->",
    "### ⛔ Azure Backup: 1 change refused, 3 findings undecided, 1 warning",
    "",
    "**Refused**",
    "",
    "| Vault | Property | From | To | Reason | Remediation | Rule |",
    "| --- | --- | --- | --- | --- | --- | --- |",
    "| payroll | immutability | Locked | Unlocked | Locked immutability is permanent. | Keep Locked, or create another vault for new backups. | [immutability-locked](https://learn.microsoft.com/azure/backup/backup-azure-immutable-vault-concept) |",
  ]);
  const rendered = html(page);
  expect(rendered).toContain("<td>payroll</td>");
  expect(rendered.match(/<details/g)).toHaveLength(rendered.match(/<\/details>/g)?.length ?? 0);
  expect(rendered).toMatch(/<summary>Undecided \(3\)<\/summary>/);
  expect(rendered).toMatch(/the vault(&#39;|')s backup instances/);
});

test("a stack without changes to vaults has a page that says so", async () => {
  const page = markdown(await of());
  expect(page).toContain("### ✅ Azure Backup: no vault changes");
});

test("what does not fit into a comment is counted, and the gravest stays longest", async () => {
  const many = Array.from({ length: 400 }, (_, at) => change(`vault-${at}`, "Locked", "Unlocked"));
  const warned = Array.from({ length: 300 }, (_, at) => change(`later-${at}`, "Unlocked", "Locked"));
  const report = await of(...many, ...warned);
  expect(report.counts).toMatchObject({ refused: 400, warnings: 300 });
  const page = markdown(report);
  expect(page.length).toBeLessThanOrEqual(65_536);
  const rows = page.match(/^\| vault-/gm)?.length ?? 0;
  expect(rows).toBeGreaterThan(100);
  expect(page).toContain(`${400 - rows} more refused changes do not fit on this page.`);
  expect(page).toMatch(/\d+ more warnings do not fit on this page\./);
  expect(page).toContain("Checked 700 vault changes.");
  // All of them, where nothing limits the page.
  expect(markdown(report, Number.POSITIVE_INFINITY).match(/^\| vault-/gm)).toHaveLength(400);
});

test("the page for a terminal has colours only where it is asked for them", async () => {
  const report = await of(...steps);
  const escapeCode = "\u001b[";
  expect(text(report)).not.toContain(escapeCode);
  expect(text(report, { colour: true })).toContain(escapeCode);
  expect(text(report)).toContain("payroll  immutability: Locked → Unlocked");
});

test("the JSON is as its published schema says", async () => {
  const schema = JSON.parse(readFileSync(join(root, "docs/review.schema.json"), "utf8"));
  // Whatever is in a report the schema knows: an unknown field is a mistake in one of them.
  const validate = new Ajv2020({ strict: false }).compile(closed(schema));
  for (const report of [
    await of(...steps),
    await of(),
    await of({ ...change("odd", "Locked", "Locked"), op: "future" }),
  ]) {
    validate(JSON.parse(JSON.stringify(report)));
    expect(validate.errors).toBeNull();
  }
});

function closed(schema: unknown): never {
  if (Array.isArray(schema)) return schema.map(closed) as never;
  if (typeof schema !== "object" || schema === null) return schema as never;
  const entries = Object.entries(schema).map(([name, each]) => [name, closed(each)]);
  return Object.fromEntries([
    ...entries,
    ...("properties" in schema ? [["additionalProperties", false]] : []),
  ]) as never;
}

test("SARIF names rule, level and position of each result", async () => {
  const log = sarif(await of(...steps), { directory: "infra", version: "1.2.3" });
  expect(log).toMatchObject({
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "azure-backup", semanticVersion: "1.2.3" } },
        invocations: [{ executionSuccessful: true }],
        results: [
          { ruleId: "delete-with-instances", level: "note" },
          { ruleId: "delete-with-soft-deleted", level: "note" },
          { ruleId: "delete-with-policies", level: "note" },
          {
            ruleId: "immutability-locked",
            level: "error",
            locations: [
              {
                physicalLocation: {
                  artifactLocation: { uri: "infra/src/index.ts" },
                  region: { startLine: 7, startColumn: 3 },
                },
              },
            ],
          },
          { ruleId: "one-way-change", level: "warning" },
        ],
      },
    ],
  });
});

test("a result without a position stands at the project's own file", async () => {
  const outside = { ...change("payroll", "Locked", "Unlocked"), position: "project:///../elsewhere/index.ts#7,3" };
  const log = JSON.stringify(sarif(await of(outside)));
  expect(log).toContain('"uri":"Pulumi.yaml"');
  expect(log).not.toContain("elsewhere");
});
