import fc from "fast-check";
import { describe as described, type Verdict } from "../../provider/rules/index.js";
import type { Vault } from "../../provider/vaults/ruleVault.js";
import { isPreviewError, markdown, type Report, review, sarif, text } from "../../review/index.js";
import { vault, verdictOf } from "../rules/transitions.js";
import { terraformPlan, whatIf } from "./planDocuments.js";
import { events, preview, type StepOf, urnOf, vaultId } from "./previews.js";

const native = "azure-native:dataprotection:BackupVault";
const inputs = (immutability: unknown) => ({
  vaultName: "payroll",
  resourceGroupName: "backups",
  location: "westeurope",
  properties: {
    storageSettings: [{ datastoreType: "VaultStore", type: "GeoRedundant" }],
    securitySettings: { immutabilitySettings: { state: immutability } },
  },
});
const unlocked: StepOf = {
  op: "update",
  type: native,
  name: "payroll",
  old: inputs("Locked"),
  new: inputs("Unlocked"),
};

const codes = ({ resources }: Report, decision = "refuse") =>
  resources.flatMap(({ verdicts }) => verdicts.filter((each) => each.decision === decision).map(({ code }) => code));

/** Why a review gave up. Fails where it did not. */
const complaint = (given: string): Promise<string> =>
  review(given).then(
    (report) => `reviewed as ${report.decision}`,
    (error: Error) => (isPreviewError(error) ? error.message : `${error.stack}`),
  );

test("a preview and its events are read alike", async () => {
  expect(codes(await review(preview(unlocked)))).toEqual(["immutability-locked"]);
  expect((await review(events(unlocked))).resources).toEqual((await review(preview(unlocked))).resources);
});

test("a preview that comes in pieces of any size is read alike", async () => {
  const step: StepOf = { ...unlocked, name: 'Gehälter {"a\\\\":[\\"' };
  const document = JSON.parse(preview(step));
  for (const state of [document.steps[0].oldState, document.steps[0].newState])
    Object.assign(state, {
      propertyDependencies: { '}"]': ["é{"] },
      stackTrace: [{ sourcePosition: ']}\\"' }],
      zones: [],
    });
  const text = JSON.stringify(document, undefined, 4);
  const whole = await review(text);
  expect(whole).toEqual(await review(preview(step)));
  expect(whole.resources[0]?.urn).toBe(JSON.parse(text).steps[0].urn);
  const bytes = Buffer.from(text);
  for (const size of [1, 2, 7, 1_000]) {
    const pieces = async function* () {
      for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
    };
    expect(await review(pieces())).toEqual(whole);
  }
});

test.each([
  ["nothing", "", "It is empty"],
  ["blanks", "  \n ", "It is empty"],
  ["no JSON", "Previewing update (prod)", "It is not JSON"],
  ["an error page", "<html><body>502</body></html>", "It is not JSON"],
  ["something else after it", `${preview(unlocked)} oops`, "It is not JSON"],
  ["a list", "[1, 2]", "It is JSON, but not an object"],
  ["a text", '"preview"', "It is JSON, but not an object"],
  ["another object", '{"resources":[],"version":3}', "It is JSON, but not a preview"],
  ["an empty object", "{}", "It is JSON, but not a preview"],
  ["a step of no known form", '{"steps":[{"operation":"update"}],"changeSummary":{}}', "does not know the format"],
  ["a step that is none", '{"steps":["update"],"changeSummary":{}}', "does not know the format"],
  ["events without an end", events(unlocked).split("\n").slice(0, 2).join("\n"), "It has no end event"],
])("%s is no preview, and the message says so", async (_, given, message) => {
  expect(await complaint(given)).toContain(message);
});

test("a preview that is cut off anywhere is never taken for a whole one", async () => {
  const whole = preview(unlocked);
  for (let length = 0; length < whole.length; length += 3) {
    expect(await complaint(whole.slice(0, length))).toMatch(/It is empty|It is incomplete|It is not JSON/);
  }
});

test("secrets and unknown values, wherever they are, are undecided, and no secret is shown", async () => {
  const marks: [name: string, mark: unknown][] = [
    ["a hidden secret", "[secret]"],
    [
      "a secret's mark",
      { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", plaintext: '"hush-hush"' },
    ],
    ["an unknown", "04da6b54-80e4-46f7-96ec-b56ff0331ba9"],
    ["an unknown object", "dd056dcd-154b-4c76-9bd3-c8f88648b5ff"],
    ["an unknown in words", "output<string>"],
  ];
  for (const [name, mark] of marks) {
    for (const [place, spoilt] of everyPlace(inputs("Locked"), mark)) {
      const changed = await review(preview({ ...unlocked, new: spoilt as Record<string, unknown> }));
      const where = `${name} at ${place}`;
      const expected = /securitySettings|^properties$/.test(place) ? "immutability" : "";
      const undecided = changed.resources.flatMap(({ verdicts }) =>
        verdicts.filter((each) => each.decision === "undecided").map(({ property }) => property),
      );
      expect([where, ...undecided]).toContain(expected || where);
      const created = await review(preview({ ...unlocked, op: "create", old: undefined, new: spoilt as never }));
      const pages = [changed, created].map(
        (report) => markdown(report) + text(report) + JSON.stringify([report, sarif(report)]),
      );
      expect([where, pages.join().includes("hush-hush")]).toEqual([where, false]);
    }
  }
});

function everyPlace(value: unknown, mark: unknown, path = ""): [path: string, spoilt: unknown][] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) => {
    const put = (with_: unknown) =>
      Array.isArray(value) ? value.map((one, at) => (String(at) === name ? with_ : one)) : { ...value, [name]: with_ };
    const here = path ? `${path}.${name}` : name;
    return [
      [here, put(mark)] as [string, unknown],
      ...everyPlace(each, mark, here).map(([deeper, spoilt]) => [deeper, put(spoilt)] as [string, unknown]),
    ];
  });
}

test.each([
  ["an operation of a later engine", { ...unlocked, op: "transmute" }, "does not know the operation transmute"],
  [
    "a resource of a later version of this package",
    { op: "update", type: "pulumi-nodejs:dynamic/azure-backup:BackupFleet", name: "fleet", old: {}, new: {} },
    "does not know the type",
  ],
])("%s is not checked, and so does not pass", async (_, step, why) => {
  const report = await review(preview(step as StepOf));
  expect(report.decision).toBe("unchecked");
  expect(report.resources[0]?.unchecked).toContain(why);
  expect(markdown(report)).toContain("Not checked");
});

test("a value that Azure adds tomorrow is undecided", async () => {
  const report = await review(preview({ ...unlocked, old: inputs("Unlocked"), new: inputs("Frozen") }));
  expect(codes(report, "undecided")).toContain("immutability-locked");
});

test("a vault whose settings are of another shape than known is undecided where they matter", async () => {
  for (const unrecognized of [17, true, ["Locked"], { state: "Locked" }]) {
    const report = await review(preview({ ...unlocked, new: inputs(unrecognized) }));
    expect([unrecognized, codes(report, "undecided")]).toEqual([
      unrecognized,
      expect.arrayContaining(["immutability-locked"]),
    ]);
  }
});

test("resources of unknown providers are counted and not checked", async () => {
  const report = await review(preview({ op: "delete", type: "aws:backup/vault:Vault", name: "far", old: {} }));
  expect(report).toMatchObject({ decision: "clear", resources: [], counts: { others: 1 } });
  expect(text(report)).toContain("no vault changes");
});

test("names and messages that would break out of their place stay where they are", async () => {
  const evil = "x|y`z`<img src=x onerror=alert(1)>@everyone\n\n# Approved ![a](https://evil.example) \u001b[31m\u202e";
  const report = await review(
    preview({ ...unlocked, id: "", name: evil, new: { ...inputs("Unlocked"), vaultName: evil } }),
  );
  const page = markdown(report);
  expect(page.split("\n").filter((line) => /^\*\*x.* would be updated$/.test(line))).toHaveLength(1);
  for (const part of ["<img", "@everyone", "\n# Approved", "https://evil", "\u001b", "\u202e"]) {
    expect([part, page.includes(part)]).toEqual([part, false]);
  }
  for (const part of ["\u001b", "\u202e"]) expect([part, text(report).includes(part)]).toEqual([part, false]);
});

test("no line of a page is a command for a pipeline, and no name is longer than a line", async () => {
  const evil = [
    "::error::approved",
    "##[set-output name=x]y",
    "##vso[task.complete result=Succeeded]",
    "x".repeat(5_000),
  ];
  const named = evil.map((name) => ({ ...unlocked, id: "", name, new: { ...inputs("Unlocked"), vaultName: name } }));
  const message = `error: ${"word ".repeat(13)}::error::approved\n::set-env name=a::b`;
  const diagnostics = [{ severity: "error", message }];
  const report = await review(JSON.stringify({ ...JSON.parse(preview(...named)), diagnostics }));
  const { runs } = sarif(report) as { runs: { results: { message: { text: string } }[] }[] };
  const messages = runs.flatMap(({ results }) => results.map(({ message: said }) => said.text)).join("\n");
  for (const page of [text(report), markdown(report)]) {
    expect(page.split("\n").filter((line) => line.trim().startsWith("::"))).toEqual([]);
    expect(page).not.toMatch(/##(\[|vso\[)/);
  }
  for (const page of [text(report), markdown(report), messages]) {
    expect(page.match(/x{81,}…?(?=["*]* would)/g)).toBeNull();
    expect(page.match(/x{201,}/g)).toBeNull();
  }
});

test("whatever a step holds, a review ends in a report or a clear message", async () => {
  const anything = fc.object({
    maxDepth: 4,
    key: fc.oneof(fc.string(), fc.constantFrom("properties", "identity", "__proto__", "securitySettings")),
  });
  const types = [
    native,
    "azure:dataprotection/backupVault:BackupVault",
    "pulumi-nodejs:dynamic/azure-backup:BackupVault",
    "pulumi-nodejs:dynamic/azure-backup:EncryptionSettings",
    "pulumi-nodejs:dynamic/azure-backup:KeyAccess",
  ];
  const step = fc.record({
    op: fc.constantFrom("create", "update", "delete", "replace", "delete-replaced", "same", "future"),
    type: fc.constantFrom(...types),
    name: fc.string(),
    id: fc.oneof(fc.string(), fc.constant(vaultId())),
    old: fc.option(anything, { nil: undefined }),
    new: fc.option(anything, { nil: undefined }),
  });
  await fc.assert(
    fc.asyncProperty(step, async (given) => {
      const report = await review(preview(given as StepOf));
      expect(report.version).toBe(1);
      expect(markdown(report).length + text(report).length).toBeGreaterThan(0);
    }),
    { numRuns: 300 },
  );
});

test("what a preview says of its failure is shown without colours and without a stack trace", async () => {
  const message =
    "error: Running program failed:\n\u001b[31mError: no such file\u001b[39m\n    at main (/home/me/index.ts:1:7)\n<{%reset%}>";
  const report = await review(JSON.stringify({ diagnostics: [{ severity: "error", message }] }));
  expect(report).toMatchObject({ decision: "unchecked", failures: ["Running program failed:\nError: no such file"] });
});

test("the words of a refusal say what it rests on, and so whether it may be overridden", async () => {
  const after: Vault = { ...vault, softDelete: { state: "Off", retentionDurationInDays: 14 }, location: "eastasia" };
  const code = "soft-delete-off-by-api-version";
  const given = [verdictOf(code, { after }), verdictOf(code, { before: { ...vault, location: "eastasia" }, after })];
  const type = "pulumi-nodejs:dynamic/azure-backup:BackupVault";
  const diagnostics = given.map((verdict) => ({
    severity: "error",
    urn: urnOf({ type, name: "payroll" }),
    message: `error: ${type} resource 'payroll' has a problem: ${described(verdict, "payroll")}`,
  }));
  const { resources } = await review(JSON.stringify({ steps: [], diagnostics, changeSummary: {} }));
  const known = ({ evidence, overridable, source }: Verdict) => ({ evidence, overridable, source });
  expect(resources.flatMap(({ verdicts }) => verdicts).map(known)).toEqual(given.map(known));
  expect(given.map(({ overridable }) => overridable)).toEqual([true, false]);
});

test.each([
  [
    "ResourceGuard",
    "security",
    'resource-guard-mandatory-operation: Resource guard "guard": Azure does not allow excluding write#reduceSoftDeleteSecurity.',
    "resource guard",
  ],
  [
    "BackupPolicy",
    "payroll-policy",
    'backupPolicy: policy-changed: Backup policy "daily" of Backup vault "bv" cannot be updated. Azure changes no policy.',
    "backup policy",
  ],
  [
    "RecoveryServicesBackupPolicy",
    "machines",
    'rsv-policy-guarded: Backup policy "daily" of Recovery Services vault "rsv" cannot be updated. A guard protects it.',
    "backup policy",
  ],
])("of a refused %s, such a preview shows the refusal", async (kind, name, words, noun) => {
  const type = `azure-backup:index:${kind}`;
  const message = `error: ${type} resource '${name}' has a problem: ${words} https://learn.microsoft.com/x`;
  const diagnostics = [{ severity: "error", urn: urnOf({ type, name }), message }];
  const report = await review(JSON.stringify({ steps: [], diagnostics, changeSummary: {} }));
  const code = /([a-z]+-[a-z-]+): /.exec(words)?.[1];
  expect(report).toMatchObject({ decision: "refuse", resources: [{ name, noun, verdicts: [{ code }] }] });
  expect(report.failures).toEqual([expect.stringContaining("may not show all refusals")]);
});

test("a preview of this package that was not made for a review is read from its words, and says that there may be more", async () => {
  const type = "pulumi-nodejs:dynamic/azure-backup:BackupVault";
  const message =
    `error: ${type} resource 'payroll' has a problem: immutability-locked: Backup vault "bv-payroll" cannot change immutability from Locked to Unlocked. ` +
    "Locked immutability is permanent. https://learn.microsoft.com/azure/backup/backup-azure-immutable-vault-concept";
  const given = {
    steps: [],
    diagnostics: [
      { severity: "error", urn: urnOf({ type, name: "payroll" }), message },
      { severity: "error", message: "error: preview failed" },
      { severity: "warning", message: "warning: something" },
    ],
    changeSummary: {},
  };
  const report = await review(JSON.stringify(given));
  expect(codes(report)).toEqual(["immutability-locked"]);
  expect(report).toMatchObject({
    decision: "refuse",
    failures: [expect.stringContaining("may not show all refusals")],
    resources: [{ name: "bv-payroll" }],
  });
});

describe("anything in the place of any value leads to a review, or to a sentence:", () => {
  const replaced = { type: "azurerm_data_protection_backup_vault", actions: ["delete", "create"] };
  const arguments_ = { id: vaultId(), name: "payroll", redundancy: "GeoRedundant", tags: { a: "b" } };
  const plan = terraformPlan([
    { ...replaced, before: arguments_, after: { ...arguments_, redundancy: "x" }, replace_paths: [["redundancy"]] },
  ]);
  const change = { resourceId: vaultId(), changeType: "Modify", before: inputs("Locked"), after: inputs("Unlocked") };
  const delta = [{ path: "tags", propertyChangeType: "Array", children: [{ propertyChangeType: "NoEffect" }] }];

  test.each([
    ["a preview", preview(unlocked)],
    ["a plan", plan],
    ["a what-if result", whatIf({ ...change, delta } as Parameters<typeof whatIf>[0])],
  ])("%s", async (_, document) => {
    const said = pathsIn(JSON.parse(document)).flatMap((path) =>
      [null, "", [], {}, 7, true, [null], { a: null }].map((value) => {
        const changed = JSON.parse(document);
        const parent = path.slice(0, -1).reduce((inside, name) => inside[name], changed);
        parent[path.at(-1) ?? ""] = value;
        return complaint(JSON.stringify(changed));
      }),
    );
    expect((await Promise.all(said)).filter((each) => /^\w*Error:.*\n\s+at /.test(each))).toEqual([]);
  });
});

function pathsIn(value: unknown): string[][] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inside]) => [[name], ...pathsIn(inside).map((each) => [name, ...each])]);
}
