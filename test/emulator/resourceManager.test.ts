import { ResourceManagementClient } from "@azure/arm-resources";
import { group, vault, vaultId } from "./client.js";
import { arm, azure, emulatorForAll } from "./emulatorForAll.js";

emulatorForAll({ trust: true });
beforeEach(async () => {
  azure.reset();
  azure.createResourceGroup("rg-payroll");
  await arm("PUT", vaultId(azure), vault({}, { tags: { cost: "42", team: "payroll" } }));
  azure.createUserAssignedIdentity("rg-payroll", "id-payroll");
});

const subscription = () => `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}`;
const names = async (filter: string, target = `${subscription()}/resources`) =>
  (await arm("GET", `${target}?$filter=${encodeURIComponent(filter)}`)).body.value?.map(
    ({ name }: { name: string }) => name,
  );

test.each([
  ["resourceType eq 'microsoft.dataprotection/backupvaults'", ["bv-payroll"]],
  ["resourceType ne 'Microsoft.DataProtection/backupVaults'", ["id-payroll"]],
  ["name eq 'BV-PAYROLL' or name eq 'id-payroll'", ["bv-payroll", "id-payroll"]],
  ["(name eq 'bv-payroll' or name eq 'x') and location eq 'northeurope'", []],
  ["substringof('PAY', name) and resourceGroup eq 'rg-payroll'", ["bv-payroll", "id-payroll"]],
  ["tagName eq 'cost' and tagValue eq '42'", ["bv-payroll"]],
  ["tagName eq 'team' and tagValue eq '42'", []],
  ["startswith(tagName, 'co')", ["bv-payroll"]],
])("resources are listed by %s", async (filter, expected) => {
  expect(await names(filter)).toEqual(expected);
  expect(await names(filter, `${group(azure)}/resources`)).toEqual(expected);
});

test.each([
  "name eq",
  "name = 'a'",
  "colour eq 'a'",
  "constructor eq 'a'",
  "name eq 'a' and",
  "(name eq 'a'",
  `${"(".repeat(2000)}name eq 'a'`,
])("the filter %s is refused", async (filter) => {
  const answer = await arm("GET", `${subscription()}/resources?$filter=${encodeURIComponent(filter)}`);
  expect(answer).toMatchObject({ status: 400, body: { error: { code: "InvalidFilterInQueryString" } } });
});

test("groups are listed by their tags, and a page is as small as its reader wants", async () => {
  await arm("PATCH", group(azure), { tags: { team: "payroll" } });
  azure.createResourceGroup("rg-other");
  const groups = `${subscription()}/resourcegroups`;
  expect(await names("tagName eq 'team' and tagValue eq 'payroll'", groups)).toEqual(["rg-payroll"]);
  const { body } = await arm("GET", `${groups}?$top=1`);
  expect(body.value).toHaveLength(1);
  expect((await arm("GET", body.nextLink)).body.value).toMatchObject([{ name: "rg-other" }]);
  expect((await arm("GET", `${groups}?$top=none`)).status).toBe(400);
});

test("a group that is being deleted takes nothing new", async () => {
  azure.faults.add({ kind: "operationNeverEnds", method: "DELETE" });
  await arm("DELETE", group(azure));
  const refused = { status: 409, body: { error: { code: "ResourceGroupBeingDeleted" } } };
  expect(await arm("PUT", vaultId(azure, "bv-new"), vault())).toMatchObject(refused);
  expect(await arm("PUT", group(azure), { location: "westeurope" })).toMatchObject(refused);
  expect((await arm("GET", vaultId(azure))).status).toBe(200);
});

test("a provider that is not registered answers nothing, until it is", async () => {
  const provider = `${subscription()}/providers/Microsoft.DataProtection`;
  expect((await arm("POST", `${provider}/unregister?api-version=2021-04-01`)).body.registrationState).toBe(
    "NotRegistered",
  );
  const refused = await arm("PUT", vaultId(azure, "bv-new"), vault());
  expect(refused).toMatchObject({ status: 409, body: { error: { code: "MissingSubscriptionRegistration" } } });
  expect((await arm("POST", `${provider}/register?api-version=2021-04-01`)).body.registrationState).toBe("Registered");
  expect((await arm("PUT", vaultId(azure, "bv-new"), vault())).status).toBe(201);
});

test("providers tell their types with the versions that each one has", async () => {
  const { body } = await arm("GET", "/providers/microsoft.dataprotection?api-version=2021-04-01");
  const type = (wanted: string) =>
    body.resourceTypes.find(({ resourceType }: { resourceType: string }) => resourceType === wanted);
  expect(type("backupVaults").apiVersions).toContain("2023-05-01");
  expect(type("locations/deletedVaults").apiVersions.at(-1)).toBe("2025-09-01");
  expect(type("backupVaults").locations).toContain("West Europe");
});

test("locations have their names and pairs", async () => {
  const { value } = (await arm("GET", `${subscription()}/locations`)).body;
  expect(value.find(({ name }: { name: string }) => name === "eastus2")).toMatchObject({
    displayName: "East US 2",
    metadata: { pairedRegion: [{ name: "centralus" }] },
  });
});

test("whether a resource is there can be asked without its content", async () => {
  expect(await arm("HEAD", vaultId(azure))).toMatchObject({ status: 204, body: undefined });
  expect(await arm("HEAD", vaultId(azure, "bv-none"))).toMatchObject({ status: 404, body: undefined });
});

test("Microsoft's client for resources runs its normal day", async () => {
  const { body } = await arm("GET", subscription());
  expect(body.tenantId).toBe(azure.env.ARM_TENANT_ID);
  const { ClientSecretCredential } = await import("@azure/identity");
  const { ARM_TENANT_ID, ARM_CLIENT_ID, ARM_CLIENT_SECRET, ARM_SUBSCRIPTION_ID } = azure.env;
  const credential = new ClientSecretCredential(ARM_TENANT_ID, ARM_CLIENT_ID, ARM_CLIENT_SECRET, {
    authorityHost: azure.url,
    disableInstanceDiscovery: true,
  });
  const client = new ResourceManagementClient(credential, ARM_SUBSCRIPTION_ID, { endpoint: azure.url });
  await client.resourceGroups.createOrUpdate("rg-client", { location: "westeurope", tags: { a: "b" } });
  expect((await client.resourceGroups.checkExistence("rg-client")).body).toBe(true);
  await client.resourceGroups.update("rg-client", { tags: { a: "c" } });
  expect((await client.resourceGroups.get("rg-client")).tags).toEqual({ a: "c" });
  expect((await client.providers.register("Microsoft.DataProtection")).registrationState).toBe("Registered");
  const found: (string | undefined)[] = [];
  for await (const { name } of client.resources.list({ top: 1 })) found.push(name);
  expect(found).toEqual(["bv-payroll", "id-payroll"]);
  const byId = await client.resources.getById(vaultId(azure), "2026-06-01");
  expect(byId).toMatchObject({ name: "bv-payroll", location: "westeurope" });
  await client.resourceGroups.beginDeleteAndWait("rg-client");
  expect((await client.resourceGroups.checkExistence("rg-client")).body).toBe(false);
  await client.resourceGroups.beginDeleteAndWait("rg-payroll");
  expect(azure.vault(vaultId(azure))).toBeUndefined();
});
