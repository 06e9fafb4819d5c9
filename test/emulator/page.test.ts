import { join } from "node:path";
import { type Emulator, startEmulator } from "../../emulator/index.js";
import { root } from "../../scripts/lib/root.mjs";
import { type Browser, hasBrowser, type Page, startBrowser } from "../support/browser.js";
import { type Arm, armClient, group, send, vault, vaultId } from "./client.js";

let azure: Emulator;
let arm: Arm;
let browser: Browser | undefined;

beforeAll(async () => {
  azure = await startEmulator({ seed: join(root, "emulator/docs/seed.json") });
  arm = await armClient(azure);
});
afterAll(async () => {
  await browser?.close();
  await azure.close();
});

const inBrowser = hasBrowser ? test : test.skip;
if (!hasBrowser) console.warn("The emulator's page is not tested: there is no browser. Install Chromium or Chrome.");

/** Not by playwright's own waiting, which the page's content security policy forbids. */
async function until(page: Page, expression: string): Promise<void> {
  for (let waited = 0; !(await page.evaluate(expression)); waited += 50) {
    if (waited > 10_000) throw new Error(`Not seen: ${expression}\n${await page.evaluate("document.body.innerText")}`);
    await new Promise((later) => setTimeout(later, 50));
  }
}

const seen = (page: Page, text: string) => until(page, `document.body.innerText.includes(${JSON.stringify(text)})`);

inBrowser("the page shows what is in the emulator, and follows it", async () => {
  browser = await startBrowser();
  const page = await browser.newPage();
  const asked: string[] = [];
  const complaints: string[] = [];
  page.on("request", (request) => asked.push(request.url?.() ?? ""));
  page.on("pageerror", (error) => complaints.push(error.message ?? ""));
  page.on("console", (message) => {
    if (message.type?.() === "error") complaints.push(message.text?.() ?? "");
  });
  const vaults = `document.querySelector("#vaults").innerText`;

  await page.goto(azure.url);
  await seen(page, "bv-payroll");
  expect(await page.evaluate(vaults)).toMatch(/GeoRedundant[\s\S]*Unlocked[\s\S]*Policies \(1\)[\s\S]*Instances \(1\)/);
  expect(await page.evaluate(`document.querySelector("#keys").innerText`)).toMatch(
    /backup[\s\S]*RSA 3072[\s\S]*bv-payroll[\s\S]*id-backup: get, wrapKey, unwrapKey/,
  );

  // What is open stays open when something changes; an operation that runs is followed to its end.
  await page.evaluate(`document.querySelector("#vaults details[data-key$=instances] summary").click()`);
  await seen(page, "orders");
  await seen(page, "policy: daily");
  const owned = `${group(azure)}/providers/Microsoft.DataProtection/resourceGuards/guard-payroll`;
  await arm("PUT", owned, { location: "westeurope", properties: {} });
  const proxy = { properties: { resourceGuardResourceId: owned } };
  await arm("PUT", `${vaultId(azure)}/backupResourceGuardProxies/DppResourceGuardProxy`, proxy);
  await until(page, `/guard-payroll[\\s\\S]*bv-payroll/.test(document.querySelector("#guards").innerText)`);
  azure.set({ operationMs: 1000 });
  await arm("PUT", vaultId(azure, "bv-second"), vault());
  await seen(page, "1 operation running");
  expect(await page.evaluate(vaults)).toMatch(/bv-second[\s\S]*Provisioning/);
  await until(page, `/bv-second[\\s\\S]*Succeeded/.test(${vaults})`);
  expect(await page.evaluate(vaults)).toContain("orders");
  azure.set({ operationMs: 0 });

  // Whatever stands in a name, a tag, a path or a client's name is text.
  const hostile = `<img src=x onerror="window.ran=1"><script>window.ran=1</script>`;
  await arm("PATCH", vaultId(azure), { tags: { [hostile]: hostile } }, { "User-Agent": hostile });
  await arm("GET", `${group(azure)}/${hostile}`);
  azure.protect(vaultId(azure), { name: "<img src=x onerror=window.ran=1>" });
  await page.evaluate(`document.querySelectorAll("details").forEach((each) => (each.open = true))`);
  await seen(page, "<script>window.ran=1</script>");
  await seen(page, "<img src=x onerror=window.ran=1>");
  expect(
    await page.evaluate(`[window.ran ?? "nothing ran", document.querySelectorAll("main img, main script").length]`),
  ).toEqual(["nothing ran", 0]);

  // For those who do not see it: every table's cells have named rows and columns, every section its heading.
  const unnamed = `[...document.querySelectorAll("th:not([scope]), section:not([aria-labelledby])")].length
    + [...document.querySelectorAll("[aria-labelledby]")].filter((each) => !document.getElementById(each.getAttribute("aria-labelledby"))).length`;
  expect(await page.evaluate(unnamed)).toBe(0);
  expect(complaints).toEqual([]);
  expect(asked.filter((url) => !url.startsWith(`${azure.url}/`) && !url.startsWith("data:"))).toEqual([]);
});

test("what the page shows is there as JSON, without any secret", async () => {
  const { body } = await send(azure, "GET", "/emulator/world");
  const shown = body.vaults.find(({ name }: { name: string }) => name === "bv-payroll");
  expect(shown).toMatchObject({
    type: "Microsoft.DataProtection/backupVaults",
    resourceGroup: "rg-payroll",
    settings: { redundancy: "GeoRedundant", immutability: "Unlocked", encryption: "Enabled" },
    contents: {
      instances: expect.arrayContaining([
        {
          name: "orders",
          state: "ProtectionConfigured",
          lines: [expect.stringMatching(/^data source: .*\/storageAccounts\/orders$/), "policy: daily"],
        },
      ]),
    },
  });
  expect(body.keyStores[0].keys[0]).toMatchObject({ name: "backup", usedBy: ["bv-payroll"] });
  expect(JSON.stringify(body)).not.toMatch(/PRIVATE KEY|"(d|p|q|dp|dq|qi)":/);
});

test("the page shows policies, items, containers and resource guards of both kinds of vaults", async () => {
  const providers = `${group(azure)}/providers`;
  const guard = `${providers}/Microsoft.DataProtection/resourceGuards/security`;
  const excluded = "Microsoft.DataProtection/backupVaults/backupInstances/write";
  await arm("PUT", guard, {
    location: "westeurope",
    properties: { vaultCriticalOperationExclusionList: [excluded] },
  });
  const recovery = `${providers}/Microsoft.RecoveryServices/vaults/rsv-payroll`;
  await arm("PUT", recovery, { location: "westeurope", sku: { name: "RS0" }, properties: {} });
  azure.vault(recovery);
  for (const name of ["vm-1", "vm-2"]) azure.protectVm(recovery, { name });
  azure.softDelete(recovery, "vm-2");
  azure.register(recovery, "files");
  const proxy = { properties: { resourceGuardResourceId: guard } };
  await arm("PUT", `${recovery}/backupResourceGuardProxies/VaultProxy`, proxy);

  const { body } = await send(azure, "GET", "/emulator/world");
  const { contents } = body.vaults.find(({ name }: { name: string }) => name === "rsv-payroll");
  expect(contents.policies).toContainEqual({
    name: "HourlyLogBackup",
    state: "",
    lines: [
      "AzureWorkload SQLDataBase",
      "Full Daily",
      "keeps 30 Days (daily)",
      "Log every 60 minutes",
      "keeps 30 Days",
      "used by nothing",
    ],
  });
  expect(contents.policies).toContainEqual(
    expect.objectContaining({ name: "daily", lines: expect.arrayContaining(["used by 1"]) }),
  );
  expect(contents.protectedItems).toEqual([
    expect.objectContaining({ state: "Protected", lines: [expect.stringContaining("/vm-1"), "policy: daily"] }),
    expect.objectContaining({
      state: "SoftDeleted",
      lines: [
        expect.stringContaining("/vm-2"),
        expect.stringMatching(/^deleted: /),
        expect.stringMatching(/^kept until: /),
      ],
    }),
  ]);
  expect(contents.containers).toHaveLength(2);
  expect(contents.guardProxies[0].lines[0]).toBe(`resource guard: ${guard}`);
  expect(body.resourceGuards).toContainEqual({
    id: guard,
    name: "security",
    resourceGroup: guard.split("/")[4],
    location: "westeurope",
    excludes: [excluded],
    vaults: ["rsv-payroll"],
    consents: ["the application that clients use to sign in"],
  });
});

test("looking at the emulator is no request to Azure", async () => {
  azure.faults.add({ kind: "dropBefore", times: "always" });
  const before = azure.journal().length;
  expect((await send(azure, "GET", "/emulator/world")).body.faults).toEqual([{ kind: "dropBefore", times: "always" }]);
  azure.faults.clear();
  expect(azure.journal()).toHaveLength(before);
});

test.each(["/", "/emulator/world", "/emulator/events", "/emulator/page.js"])(
  "%s is not shown under another host's name",
  async (path) => {
    expect(await send(azure, "GET", path, { headers: { Host: "azure.example" } })).toMatchObject({
      status: 421,
      body: { error: { code: "EmulatorHostUnknown" } },
    });
  },
);
