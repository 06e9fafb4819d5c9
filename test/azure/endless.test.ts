import { type Azure, connect } from "../../provider/azure/index.js";
import { failureOf, previewDeadline } from "./emulated.js";
import { type Reply, type ScriptedAzure, type Seen, scriptedAzure, vaultId } from "./scriptedAzure.js";

let azure: ScriptedAzure | undefined;
afterEach(async () => {
  await azure?.close();
  azure = undefined;
});

async function open(answer: (request: Seen, base: string) => Reply | Promise<Reply>) {
  azure = await scriptedAzure(answer);
  return connect(() => undefined, azure.env);
}

const rsvId = vaultId.replace("DataProtection/backupVaults", "RecoveryServices/vaults");
const within = previewDeadline();

const lists: Record<string, (azure: Azure) => Promise<unknown>> = {
  "a list": ({ instances }) => instances(vaultId, previewDeadline()),
  "a list that is read once for several": (azure) => azure.factsReadOnce().instances(vaultId, previewDeadline()),
  "a list of Microsoft's client for vaults": ({ replication }) => replication(rsvId, previewDeadline()),
  "a list of Microsoft's client for backups": ({ protectedItems }) => protectedItems(rsvId, previewDeadline()),
  "one that is read once for several": (azure) => azure.factsReadOnce().protectedItems(rsvId, previewDeadline()),
};

const pageAt = (base: string, url: string, next: number): Reply => {
  const link = new URL(base + url);
  link.searchParams.set("$skipToken", String(next));
  return { body: { value: [], nextLink: link.href } };
};

const pageOf = (base: string, url: string) => Number(new URL(base + url).searchParams.get("$skipToken") ?? 0);

describe.each(Object.entries(lists))("%s", (_, read) => {
  test.each([
    ["to itself", () => 1],
    ["to one before", (page: number) => (page === 3 ? 1 : page + 1)],
  ])("whose next page leads %s is an error", async (_, next) => {
    const connection = await open(({ url }, base) => pageAt(base, url, next(pageOf(base, url))));
    const failure = await failureOf(read(connection));
    expect(failure).toMatchObject({ name: "UnexpectedResponse", accepted: false });
    expect(failure.message).toMatch(/GET .*its pages form a loop/);
    expect(azure?.calls().length).toBeLessThan(6);
  });
});

test.each([
  ["a list", (azure: Azure) => azure.instances(vaultId, previewDeadline(600))],
  ["a list of Microsoft's client", (azure: Azure) => azure.protectedItems(rsvId, previewDeadline(600))],
])("the deadline holds for all pages of %s together", async (_, read) => {
  const connection = await open(async ({ url }, base) => {
    // An idle machine would reach the last page that is read before the deadline.
    await new Promise((later) => setTimeout(later, 5));
    return pageAt(base, url, pageOf(base, url) + 1);
  });
  await connection.signIn(within);
  expect(await failureOf(read(connection))).toMatchObject({ name: "OperationTimeout", accepted: false });
});

const long = `{"value":[],"padding":"${"x".repeat(33 * 1024 * 1024)}"}`;

test("an answer of more than 32 MB is an error that names the request, and is not asked for again", async () => {
  const connection = await open(() => ({ body: long }));
  const failure = await failureOf(connection.instances(vaultId, previewDeadline()));
  expect(failure).toMatchObject({ name: "UnexpectedResponse", accepted: false });
  expect(failure.message).toContain(
    "GET backupVaults/payroll/backupInstances cannot be used: HTTP 200 with more than 32 MB",
  );
  expect(azure?.calls()).toHaveLength(1);
});

test("a write that is answered with more than 32 MB may have been carried out", async () => {
  const connection = await open(() => ({ body: long }));
  const failure = await failureOf(connection.backupVaults.update(vaultId, {}, previewDeadline()));
  expect(failure).toMatchObject({ name: "UnexpectedResponse", accepted: true });
});

test("an answer of 10 MB is read", async () => {
  const padding = "x".repeat(10 * 1024 * 1024);
  const connection = await open(() => ({ body: { value: [], padding } }));
  expect(await connection.instances(vaultId, previewDeadline())).toEqual([]);
});

test.each([
  ["no status", { body: {} }],
  ["a status that is a number", { body: { status: 4 } }],
  ["HTML", { body: "<html>" }],
  ["nothing", { status: 200 }],
] as [string, Reply][])("an operation that answers %s is not asked for ever", async (_, reply) => {
  const connection = await open(({ method }, base) =>
    method === "PATCH"
      ? { status: 202, headers: { "azure-asyncoperation": `${base}${vaultId}/operationStatus/1`, "retry-after": "0" } }
      : reply,
  );
  for (const vaults of [connection.backupVaults, connection.recoveryServicesVaults]) {
    const id = vaults === connection.backupVaults ? vaultId : rsvId;
    const failure = await failureOf(vaults.update(id, {}, previewDeadline()));
    expect(failure).toMatchObject({ name: "UnexpectedResponse", accepted: true });
    expect(failure.message).toContain("GET status of PATCH");
  }
});

test.each([
  ["HTML", { body: "<html>" }],
  ["a text", { body: '"ok"' }],
  ["null", { body: "null" }],
  ["nothing", { status: 200 }],
] as [string, Reply][])("a write that is answered with %s may have been carried out", async (_, reply) => {
  const connection = await open(() => reply);
  const failure = await failureOf(connection.backupVaults.update(vaultId, {}, previewDeadline()));
  expect(failure).toMatchObject({ name: "UnexpectedResponse", accepted: true });
  expect(failure.message).toContain("PATCH backupVaults/payroll");
});
