import { group, send, vault, vaultId } from "./client.js";
import { arm, azure, emulatorForAll } from "./emulatorForAll.js";

emulatorForAll();

const recoveryVault = () => `${group(azure)}/providers/Microsoft.RecoveryServices/vaults/rsv-payroll`;
const identity = () => `${group(azure)}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-payroll`;

beforeAll(() => {
  azure.createResourceGroup("rg-payroll");
  azure.arm("PUT", vaultId(azure), vault());
  azure.arm("PUT", recoveryVault(), { location: "westeurope", sku: { name: "RS0" }, properties: {} });
  azure.createUserAssignedIdentity("rg-payroll", "id-payroll");
});

const subscription = () => `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}`;
const config = () => `${recoveryVault()}/backupconfig/vaultconfig`;

test.each<[path: () => string, asked: string, servedAs: string]>([
  [() => vaultId(azure), "2031-01-01", "2026-06-01"],
  [() => vaultId(azure), "2031-01-01-preview", "2026-08-31-preview"],
  // What the newest preview was the preview of.
  [() => vaultId(azure), "2026-08-31", "2026-06-01"],
  [recoveryVault, "2027-02-01", "2026-11-01"],
  [config, "2026-10-01", "2026-08-01"],
  [() => `${recoveryVault()}/backupPolicies`, "2026-10-01", "2026-08-01"],
  [() => `${recoveryVault()}/replicationProtectedItems`, "2026-12-01", "2026-07-01"],
  [identity, "2025-05-31-preview", "2024-11-30"],
  [() => group(azure), "2030-01-01", "2025-04-01"],
  [() => `${subscription()}/providers/Microsoft.Authorization/roleAssignments`, "2030-01-01", "2022-04-01"],
  [() => `${subscription()}/providers/Microsoft.KeyVault/vaults`, "2030-01-01", "2026-02-01"],
])("a version that is newer than all is served as the newest (%#: %s %s)", async (path, asked, servedAs) => {
  expect((await arm("GET", `${path()}?api-version=${asked}`)).status).toBe(200);
  expect(azure.journal().at(-1)).toMatchObject({ path: `${path()}?api-version=${asked}`, servedAs });
});

test.each<[path: () => string, known: string]>([
  [() => vaultId(azure), "2026-06-01"],
  [recoveryVault, "2025-08-01"],
  [config, "2026-08-01"],
  [() => `${recoveryVault()}/backupPolicies`, "2026-08-01"],
  [identity, "2024-11-30"],
])("a version that is known is served as itself (%#)", async (path, known) => {
  expect((await arm("GET", `${path()}?api-version=${known}`)).status).toBe(200);
  expect(azure.journal().at(-1)).not.toHaveProperty("servedAs");
});

test.each<[what: string, path: () => string, asked: string, code: string]>([
  ["older than all", () => vaultId(azure), "2019-01-01", "NoRegisteredProviderFound"],
  ["between two", () => vaultId(azure), "2026-05-01", "NoRegisteredProviderFound"],
  ["a preview of what came without", () => vaultId(azure), "2026-06-01-preview", "NoRegisteredProviderFound"],
  ["another API's in the namespace", recoveryVault, "2026-08-01", "NoRegisteredProviderFound"],
  ["no date", () => vaultId(azure), "latest", "NoRegisteredProviderFound"],
  ["no day of a calendar", () => vaultId(azure), "2031-02-30", "NoRegisteredProviderFound"],
  ["no month of a calendar", () => vaultId(azure), "2031-13-01", "NoRegisteredProviderFound"],
  ["with a word that is none", () => vaultId(azure), "2031-01-01-final", "NoRegisteredProviderFound"],
  ["between two of Resource Manager's", () => group(azure), "2024-08-01", "InvalidApiVersionParameter"],
])("a version that never was is refused: %s", async (_what, path, asked, code) => {
  const { status, body } = await arm("GET", `${path()}?api-version=${asked}`);
  expect({ status, code: body.error.code }).toEqual({ status: 400, code });
  expect(azure.journal().at(-1)).not.toHaveProperty("servedAs");
});

test("an operation is asked for by the version that began it", async () => {
  const begun = await arm("PUT", `${vaultId(azure, "bv-next")}?api-version=2031-01-01`, vault());
  const address = begun.headers["azure-asyncoperation"] ?? "";
  expect(new URL(address).searchParams.get("api-version")).toBe("2031-01-01");
  expect((await arm("GET", address)).body.status).toBe("Succeeded");
});

test("data planes serve a newer version, too, and refuse one that never was", async () => {
  const { properties } = azure.createKeyVault("rg-payroll", "kv-payroll");
  const keys = `${properties.vaultUri}keys`;
  await send(azure, "GET", `${keys}?api-version=2031-01-01`);
  expect(azure.journal().at(-1)).toMatchObject({ servedAs: "2025-07-01" });
  await send(azure, "GET", `${keys}?api-version=7.7`);
  expect(azure.journal().at(-1)).not.toHaveProperty("servedAs");
});
