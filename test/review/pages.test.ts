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
  { op: "update", type: "azure:storage/account:Account", name: "old", old: {}, new: {} },
];

const of = (...those: StepOf[]): Promise<Report> => review(preview(...those), { now: 1_800_000_000 });
const headlineOf = (report: Report) => markdown(report).split("\n")[1];
const html = (page: string) => new MarkdownIt({ html: true }).render(page);

test("the page for a pull request names deletions first, then what is refused, and folds the rest", async () => {
  const page = markdown(await of(...steps));
  expect(page.split("\n").slice(0, 14)).toEqual([
    "<!-- azure-backup review: vaults/prod -->",
    "### ⛔ Azure Backup: 1 vault would be deleted: archive; 1 change refused, 1 undecided, 1 with warnings",
    "",
    "**Deletions and replacements**",
    "",
    "**archive** would be deleted",
    "",
    expect.stringMatching(
      /^- ❓ Undecided<br>Not read yet: the vault's backup instances\. \(\[delete-with-instances\]/,
    ),
    "",
    "**Refused**",
    "",
    "**payroll** would be updated",
    "",
    "- ⛔ Refused: immutability: Locked → Unlocked<br>Locked immutability is permanent. ([immutability-locked](https://learn.microsoft.com/azure/backup/backup-azure-immutable-vault-concept))<br>**What to do:** Keep Locked, or create another vault for new backups.",
  ]);
  const rendered = html(page);
  expect(rendered.match(/<details/g)).toHaveLength(rendered.match(/<\/details>/g)?.length ?? 0);
  expect(rendered).toMatch(/<summary>Warnings \(1\)<\/summary>/);
});

test("a deletion that nothing refuses is named all the same, and one that leaves the vault in Azure is not", async () => {
  const gone = change("archive", "Disabled", "Unlocked", { op: "delete", new: undefined });
  const kept = await of({ ...gone, retainOnDelete: true });
  expect(headlineOf(kept)).toBe("### ✅ Azure Backup: nothing refused");
  const replaced = await of({
    ...change("archive", "Disabled", "Unlocked"),
    op: "replace",
    replaceReasons: ["location"],
  });
  expect(headlineOf(replaced)).toContain("1 vault would be replaced: archive; ");
});

test("changes are counted, not findings", async () => {
  const both = (immutability: string, state: string) => {
    const { properties, ...rest } = vault("payroll", immutability);
    const securitySettings = { ...properties.securitySettings, softDeleteSettings: { state } };
    return { ...rest, properties: { ...properties, securitySettings } };
  };
  const old = both("Locked", "AlwaysOn");
  const report = await of(change("payroll", "", "", { old, new: both("Unlocked", "Off") }));
  expect(report.resources[0]?.verdicts.filter(({ decision }) => decision === "refuse").length).toBeGreaterThan(1);
  expect(report.counts.refused).toBe(1);
  expect(headlineOf(report)).toContain("1 change refused");
});

test("no sentence stands twice on a page, however many vaults it is about", async () => {
  const more = ["a", "b", "c"].map((name) => change(name, "Disabled", "Unlocked", { op: "delete", new: undefined }));
  const further = change("e", "Locked", "Disabled");
  const report = await of(...steps, ...more, change("d", "Locked", "Unlocked"), further);
  for (const page of [markdown(report).replaceAll("\\", ""), text(report).replace(/\s+/g, " ")]) {
    const sentences = report.resources.flatMap(({ verdicts }) =>
      verdicts.flatMap(({ reason, remediation }) => [reason, remediation]),
    );
    for (const each of new Set(sentences)) expect([each, page.split(`${each}`).length - 1]).toEqual([each, 1]);
  }
  expect(markdown(report)).toContain("**a**, **archive**, **b**, **c** would be deleted");
  expect(markdown(report)).toContain("As for d above.");
});

test("vaults of one name are told apart by their resource group, and by their subscription if that differs", async () => {
  const at = (group: string, subscription = "s") => ({
    ...change("payroll", "Locked", "Unlocked"),
    name: `${group}-${subscription}`,
    id: `/subscriptions/${subscription}/resourceGroups/${group}/providers/Microsoft.DataProtection/backupVaults/payroll`,
  });
  const one = markdown(await of(at("backups")));
  expect(one).toContain("**payroll** would be updated");
  const groups = await of(at("backups"), at("archive"));
  for (const page of [markdown(groups), text(groups), JSON.stringify(sarif(groups))]) {
    for (const group of ["backups", "archive"]) expect(page).toContain(`payroll (${group})`);
  }
  expect(text(await of(at("backups", "one"), at("backups", "two")))).toContain("payroll (subscription one)");
});

test("a stack without changes to vaults has a page that says so", async () => {
  const page = markdown(await of());
  expect(page).toContain("### ✅ Azure Backup: no vault changes");
});

test("what does not fit into a comment is counted, and the gravest stays longest", async () => {
  // Each says something else, so that each has a block of its own.
  const many = Array.from({ length: 700 }, (_, at) =>
    change(`vault-${at}`, `Locked`, "Unlocked", {
      new: { ...vault(`vault-${at}`, "Unlocked"), location: `region${at}` },
    }),
  );
  const warned = Array.from({ length: 300 }, (_, at) => change(`later-${at}`, "Unlocked", "Locked"));
  const report = await of(...many, ...warned);
  expect(report.counts).toMatchObject({ refused: 700, warnings: 300 });
  const page = markdown(report);
  expect(page.length).toBeLessThanOrEqual(65_536);
  const blocks = page.match(/^\*\*vault-\d+\*\* would/gm)?.length ?? 0;
  expect(blocks).toBeGreaterThan(100);
  expect(page).toContain(`${700 - blocks} more entries do not fit on this page.`);
  expect(page).toContain("300 more entries do not fit on this page.");
  expect(page).toContain("Checked 1000 vault changes.");
  // All of them, where nothing limits the page.
  expect(markdown(report, Number.POSITIVE_INFINITY).match(/^\*\*vault-\d+\*\* would/gm)).toHaveLength(700);
});

test("changes about which there is the same to say share a block, and the list of what was checked has all of them", async () => {
  const many = Array.from({ length: 400 }, (_, at) => change(`vault-${at}`, "Locked", "Unlocked"));
  const page = markdown(await of(...many));
  expect(page).toMatch(/\*\*vault-0\*\*, .* and 370 more would be updated/);
  expect(page.match(/^- vault-\d+: update/gm)).toHaveLength(400);
});

test("the page for a terminal has colours only where it is asked for them", async () => {
  const report = await of(...steps);
  const escapeCode = "\u001b[";
  expect(text(report)).not.toContain(escapeCode);
  expect(text(report, { colour: true })).toContain(escapeCode);
  expect(text(report)).toContain("  payroll would be updated\n    Refused: immutability: Locked → Unlocked\n");
});

test("the page for a terminal fits 80 columns, except for links", async () => {
  const lines = text(await of(...steps)).split("\n");
  expect(lines.filter((line) => line.length > 80 && !line.trim().startsWith("https://"))).toEqual([]);
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
          { ruleId: "delete-with-instances", level: "warning" },
          { ruleId: "delete-with-soft-deleted", level: "warning" },
          { ruleId: "delete-with-policies", level: "warning" },
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

test("findings carry the controls of benchmarks and policies that they are about, where there are any", async () => {
  const report = await of(...steps);
  const controls = report.resources.flatMap(({ verdicts }) =>
    verdicts.map(({ code, controls: those = [] }) => [code, those.map(({ id }) => id)]),
  );
  expect(Object.fromEntries(controls)).toEqual({
    "delete-with-instances": ["BR-2"],
    "delete-with-soft-deleted": ["BR-2"],
    "delete-with-policies": ["BR-2"],
    "immutability-locked": ["BR-2", "5.1.2", "2514263b-bc0d-4b06-ac3e-f262c0979018"],
    // Of the setting, because the rule is about several.
    "one-way-change": ["BR-2", "5.1.2", "2514263b-bc0d-4b06-ac3e-f262c0979018"],
  });
});

test("in SARIF, findings and rules refer to taxonomies that are in the same run", async () => {
  const log = JSON.parse(JSON.stringify(sarif(await of(...steps))));
  const [run] = log.runs;
  const names = run.taxonomies.map(({ name }: { name: string }) => name);
  expect(names).toEqual([
    "Microsoft cloud security benchmark",
    "CIS Microsoft Azure Storage Services Benchmark v1.0.0",
    "Azure Policy",
  ]);
  expect(run.tool.driver.supportedTaxonomies).toEqual(names.map((name: string, index: number) => ({ name, index })));
  const references = [
    ...run.results.flatMap(({ taxa = [] }) => taxa),
    ...run.tool.driver.rules.flatMap(({ relationships = [] }) =>
      relationships.map(({ target }: { target: object }) => target),
    ),
  ];
  expect(references.length).toBeGreaterThan(5);
  for (const { id, index, toolComponent } of references) {
    expect(run.taxonomies[toolComponent.index]).toMatchObject({ name: toolComponent.name });
    expect(run.taxonomies[toolComponent.index].taxa[index]).toMatchObject({ id });
  }
});
