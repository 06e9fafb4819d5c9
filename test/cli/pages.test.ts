import MarkdownIt from "markdown-it";
import { type Section, sectionMarkdown, sectionText } from "../../cli/output/sections.js";
import { paintFor } from "../../cli/output/terminal.js";
import { vaultTable } from "../../cli/status/vaultTable.js";

import type { VaultOverview } from "../../provider/overview/index.js";

const plain = paintFor({});
const section: Section = {
  title: "Jobs",
  columns: ["operation", "status", "count"],
  rows: [
    ["Backup", { text: "Completed", tone: "good" }, "21"],
    ["Restore", { text: "Failed", tone: "bad" }, "1"],
  ],
};

test("columns stand under each other", () => {
  expect(sectionText(section, plain).join("\n")).toBe(
    ["Jobs", "  operation  status     count", "  Backup     Completed  21", "  Restore    Failed     1"].join("\n"),
  );
});

test("a long last column is broken at the terminal's width, under its own beginning", () => {
  const rows = [["rule", "one two three four five six seven eight nine ten eleven"]];
  expect(sectionText({ title: "T", rows }, plain, 40)).toEqual([
    "T",
    "  rule  one two three four five six",
    "        seven eight nine ten eleven",
  ]);
});

test("a terminal that is too narrow goes without the columns that it can spare, in their order", () => {
  const wide: Section = { ...section, mayGo: ["count", "operation"] };
  const header = (width: number) => sectionText(wide, plain, width)[1];
  expect(header(80)).toBe("  operation  status     count");
  expect(header(25)).toBe("  operation  status");
  expect(header(15)).toBe("  status");
  expect(sectionText(wide, plain, 15)).toEqual(["Jobs", "  status", "  Completed", "  Failed"]);
  expect(sectionText(wide, plain)[1]).toBe("  operation  status     count");
});

test("what columns are called is broken before a column goes", () => {
  const columns = ["operation", "failed jobs, 7 days"];
  const jobs = { title: "T", columns, rows: [["Backup", "1"]], mayGo: ["failed jobs, 7 days"] };
  expect(sectionText(jobs, plain, 25)).toEqual([
    "T",
    "  operation  failed",
    "             jobs,",
    "             7 days",
    "  Backup     1",
  ]);
});

const overview = (vaultName: string): VaultOverview => ({
  kind: "BackupVault",
  vaultId: `/subscriptions/s/resourceGroups/rg-payroll/providers/Microsoft.DataProtection/backupVaults/${vaultName}`,
  vaultName,
  resourceGroupName: "rg-payroll",
  subscriptionId: "s",
  location: "germanywestcentral",
  provisioningState: "Succeeded",
  settings: { redundancy: "LocallyRedundant", immutability: "Unlocked", softDelete: { state: "AlwaysOn" } },
  security: { bcdrSecurityLevel: "Excellent" },
  encryption: { keyManagement: "platform" },
  instances: [],
  dataSources: [],
  policies: [],
  resourceGuards: [],
  jobs: [],
  deletion: { decision: "undecided", findings: [] },
  closed: [],
  unreadable: [],
});

test("the table of vaults fits 80 columns, and keeps what decides whether data is safe", () => {
  const [short, long] = ["bv-payroll-prod", "v".repeat(50)].map((name) => {
    const [table] = vaultTable("s", { vaults: [overview(name)], problems: [] });
    return sectionText(table ?? { title: "", rows: [] }, plain, 80);
  });
  for (const lines of [short, long]) {
    expect(lines?.filter((line) => line.length > 80)).toEqual([]);
    expect(lines?.[1]).toMatch(/vault +redundancy +immutability .*deletion/);
    expect(lines?.join(" ")).toMatch(/ LocallyRedundant +Unlocked .* undecided/);
  }
  expect(short?.slice(1)).toEqual([
    "  vault            redundancy        immutability  key       failed  deletion",
    "                                                             jobs,",
    "                                                             7 days",
    "  bv-payroll-prod  LocallyRedundant  Unlocked      platform  0       undecided",
  ]);
  expect(long?.join("").match(/v+/g)?.join("")).toContain("v".repeat(50));
});

test("long cells before a text make room for it", () => {
  const check = "permission to read the contents of Recovery Services vaults";
  const rows = [["failed", check, "Missing in resource group rg: one right, and another right that is missing"]];
  expect(sectionText({ title: "T", rows }, plain, 80)).toEqual([
    "T",
    "  failed  permission to read the        Missing in resource group rg: one right,",
    "          contents of Recovery          and another right that is missing",
    "          Services vaults",
  ]);
});

test("a name that is too wide for its column is broken anywhere, an ID in a text nowhere", () => {
  const id = `/subscriptions/${"0".repeat(45)}`;
  const rows = [
    ["vault-with-a-name-that-is-as-long-as-names-may-be", `It is ${id} and no other, whatever is said of it`],
  ];
  expect(sectionText({ title: "T", rows }, plain, 70)).toEqual([
    "T",
    "  vault-with-a-name-that-is-  It is",
    "  as-long-as-names-may-be",
    `${" ".repeat(10)}${id}`,
    "                              and no other, whatever is said of it",
  ]);
});

test("there are colours on a terminal, and not where NO_COLOR is set or nobody watches", () => {
  expect(paintFor({ isTTY: true }, {})("bad", "x")).toBe("\u001b[31mx\u001b[39m");
  expect(paintFor({ isTTY: true }, { NO_COLOR: "1" })("bad", "x")).toBe("x");
  expect(paintFor({ isTTY: false }, {})("bad", "x")).toBe("x");
});

test("colours do not move the columns", () => {
  const colours = sectionText(section, paintFor({ isTTY: true }, {}));
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the colours
  expect(colours.map((line) => line.replace(/\u001b\[\d+m/g, ""))).toEqual(sectionText(section, plain));
});

test("what Azure says steers no terminal and breaks no table", () => {
  const nasty = "a|b\n<script>\u001b[2J `c` [d](https://e.test)";
  const lines = sectionText({ title: "T", rows: [["why", nasty]] }, plain);
  expect(lines).toHaveLength(2);
  expect(lines.join()).not.toContain("\u001b");
  const page = sectionMarkdown({
    title: "T",
    rows: [["why", { text: nasty, link: "https://learn.microsoft.com/azure" }]],
  });
  const html = new MarkdownIt({ html: true }).render(page.join("\n"));
  expect(html.match(/<td/g)).toHaveLength(2);
  expect(html).not.toContain("<script");
  expect(html.match(/href="[^"]*"/g)).toEqual(['href="https://learn.microsoft.com/azure"']);
});

test("an empty section says so", () => {
  expect(sectionText({ title: "Instances", rows: [] }, plain)).toEqual(["Instances: none"]);
  expect(sectionMarkdown({ title: "Instances", rows: [], otherwise: "could not be read" })).toEqual([
    "### Instances",
    "",
    "could not be read",
  ]);
});
