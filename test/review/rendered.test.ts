import { type Live, markdown, review } from "../../review/index.js";
import { type Browser, hasBrowser, type Page, startBrowser } from "../support/browser.js";
import { renderedPage } from "../support/renderedPage.js";
import { preview, type StepOf, vaultId } from "./previews.js";

let browser: Browser | undefined;
afterAll(() => browser?.close());

const inBrowser = hasBrowser ? test : test.skip;
if (!hasBrowser) console.warn("The review's page is not rendered: there is no browser. Install Chromium or Chrome.");

const ours = "pulumi-nodejs:dynamic/azure-backup:BackupVault";
const native = "azure-native:dataprotection:BackupVault";
const classic = "azure:dataprotection/backupVault:BackupVault";

const vault = (vaultName: string, more: object) => ({
  subscriptionId: "00000000-0000-0000-0000-000000000001",
  resourceGroupName: "rg-backup",
  location: "westeurope",
  vaultName,
  ...more,
});
const nativeVault = (vaultName: string, state: string) => ({
  ...vault(vaultName, {}),
  properties: { securitySettings: { immutabilitySettings: { state } }, storageSettings: [] },
});
const classicVault = (name: string, redundancy: string) => ({
  name,
  resourceGroupName: "rg-backup",
  location: "westeurope",
  datastoreType: "VaultStore",
  redundancy,
});

/** A pull request with a bit of everything. */
const steps: StepOf[] = [
  {
    op: "update",
    type: native,
    name: "payroll",
    id: vaultId("bv-payroll"),
    old: nativeVault("bv-payroll", "Locked"),
    new: nativeVault("bv-payroll", "Disabled"),
  },
  {
    op: "update",
    type: ours,
    name: "ledger",
    id: vaultId("bv-ledger"),
    old: vault("bv-ledger", { softDelete: { state: "AlwaysOn", retentionDurationInDays: 30 } }),
    new: vault("bv-ledger", { softDelete: { state: "Off" } }),
  },
  {
    op: "replace",
    type: classic,
    name: "archive",
    id: vaultId("bv-archive"),
    old: classicVault("bv-archive", "GeoRedundant"),
    new: classicVault("bv-archive", "LocallyRedundant"),
    replaceReasons: ["redundancy"],
  },
  {
    op: "update",
    type: ours,
    name: "tax",
    id: vaultId("bv-tax"),
    old: vault("bv-tax", { immutability: "Unlocked" }),
    new: vault("bv-tax", { immutability: "Locked" }),
  },
];

/** Somebody may read the backup instances, and nothing else. */
const live: Live = {
  vault: async () => ({ unreadable: "403 Forbidden" }),
  facts: async (_, names) =>
    Object.fromEntries(
      names.map((name) => [
        name,
        name === "protection"
          ? { value: [{ name: "archive-blobs", state: "ProtectionConfigured" }] }
          : { unreadable: "403 Forbidden" },
      ]),
    ),
};

async function rendered(...shown: StepOf[]): Promise<Page> {
  const { page } = await pageOf(shown);
  browser ??= await startBrowser();
  return renderedPage(browser, page);
}

async function pageOf(shown: StepOf[]) {
  const report = await review(preview(...shown), { live, now: 1_800_000_000 });
  return { report, page: markdown(report) };
}

inBrowser("the page is a verdict in one line, a block for each vault, and folds with the rest", async () => {
  const tab = await rendered(...steps);
  const { report } = await pageOf(steps);
  expect(await tab.evaluate("document.querySelectorAll('h3').length")).toBe(1);
  const verdicts = report.resources.flatMap((resource) => resource.verdicts);
  expect(await tab.evaluate("document.querySelectorAll('li a[href^=https]').length")).toBe(verdicts.length);
  const text: string = await tab.evaluate("document.body.innerText");
  for (const name of ["bv-payroll", "bv-ledger", "bv-archive", "bv-tax"]) expect(text).toContain(name);
  // What a pipeline finds its comment by is not for readers.
  expect(text).not.toContain("azure-backup review:");
});

inBrowser("whatever a vault is called, the page stays what it is", async () => {
  const names = [
    "<script>document.title='taken'",
    "<img src=x onerror=\"document.title='taken'\">",
    "| a | b |\n| --- | --- |",
    "<details><table><h1>Approved",
    "[click](javascript:alert(1))",
    "`code` **bold** @everyone",
  ];
  const tab = await rendered(
    ...names.map((name) => ({
      op: "update",
      type: native,
      name,
      id: vaultId(name),
      old: nativeVault(name, "Locked"),
      new: nativeVault(name, "Disabled"),
    })),
  );
  expect(await tab.evaluate("document.title")).toBe("");
  expect(
    await tab.evaluate("document.querySelectorAll('script, img, h1, strong strong, a[href^=javascript]').length"),
  ).toBe(0);
  expect(await tab.evaluate("document.querySelectorAll('table, details details').length")).toBe(0);
  const text: string = await tab.evaluate("document.body.innerText");
  expect(text).toContain("<details><table><h1>Approved");
});
