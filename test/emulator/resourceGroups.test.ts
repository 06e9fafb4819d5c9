import { group, vault, vaultId } from "./client.js";
import { arm, azure, emulatorForAll } from "./emulatorForAll.js";

emulatorForAll();
beforeEach(() => azure.reset());

test("a group is created, found, listed and deleted", async () => {
  expect((await arm("HEAD", group(azure))).status).toBe(404);
  expect(await arm("PUT", group(azure), { location: "West Europe" })).toMatchObject({
    status: 201,
    body: { id: group(azure), location: "westeurope", properties: { provisioningState: "Succeeded" } },
  });
  expect((await arm("PUT", group(azure), { location: "westeurope", tags: { a: "b" } })).status).toBe(200);
  expect((await arm("HEAD", group(azure))).status).toBe(204);
  expect((await arm("GET", group(azure).replace("resourceGroups", "RESOURCEGROUPS"))).body.tags).toEqual({ a: "b" });
  const all = `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourcegroups`;
  expect((await arm("GET", all)).body.value).toHaveLength(1);
  const deleted = await arm("DELETE", group(azure));
  expect(deleted.status).toBe(202);
  expect((await arm("GET", deleted.headers.location as string)).status).toBe(200);
  expect((await arm("GET", group(azure))).body.error.code).toBe("ResourceGroupNotFound");
});

test("a group goes with all that is in it, unless a vault holds data", async () => {
  azure.createResourceGroup("rg-payroll");
  await arm("PUT", vaultId(azure), vault());
  azure.protect(vaultId(azure), { name: "payroll-blobs" });
  expect((await arm("GET", `${group(azure)}/resources`)).body.value).toMatchObject([{ id: vaultId(azure) }]);
  const blocked = await arm("DELETE", group(azure));
  const refusal = await arm("GET", blocked.headers.location as string);
  expect(refusal).toMatchObject({ status: 409, body: { error: { code: "ResourceGroupDeletionBlocked" } } });
  expect(refusal.body.error.message).toContain(vaultId(azure));
  expect(azure.vault(vaultId(azure))).toBeDefined();
  azure.softDelete(vaultId(azure), "payroll-blobs");
  await arm("DELETE", group(azure));
  expect((await arm("HEAD", group(azure))).status).toBe(404);
});

test("another subscription is not found", async () => {
  const other = group(azure).replace(azure.env.ARM_SUBSCRIPTION_ID, "11111111-1111-4111-8111-111111111111");
  expect((await arm("GET", other)).body.error.code).toBe("SubscriptionNotFound");
});

test("bad content is refused in Azure's words and leaves nothing behind", async () => {
  expect((await arm("PUT", group(azure), "{")).body.error.code).toBe("InvalidRequestContent");
  expect((await arm("PUT", group(azure), [])).body.error.code).toBe("InvalidRequestContent");
  expect((await arm("PUT", group(azure), "<a/>", { "Content-Type": "text/xml" })).status).toBe(415);
  expect((await arm("PUT", group(azure), `"${"x".repeat(5_000_000)}"`)).status).toBe(413);
  expect((await arm("PUT", group(azure, "..%2F..%2Fetc"), { location: "westeurope" })).status).toBe(400);
  expect((await arm("PUT", group(azure), {})).body.error.code).toBe("LocationRequired");
  expect((await arm("HEAD", group(azure))).status).toBe(404);
});

test("providers are registered", async () => {
  const providers = `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/providers`;
  expect((await arm("GET", `${providers}/microsoft.dataprotection?api-version=2021-04-01`)).body).toMatchObject({
    namespace: "Microsoft.DataProtection",
    registrationState: "Registered",
  });
  expect((await arm("GET", `${providers}?api-version=2021-04-01`)).body.value.length).toBeGreaterThan(1);
});
