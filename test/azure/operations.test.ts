import { connect, type OperationTimeout } from "../../provider/azure/index.js";
import { type Reply, type ScriptedAzure, type Seen, scriptedAzure, secret, token, vaultId } from "./scriptedAzure.js";

const opened: ScriptedAzure[] = [];
afterEach(() => Promise.all(opened.splice(0).map((azure) => azure.close())));

const calls = () => opened.at(-1)?.calls() ?? [];

const vault = { location: "westeurope", properties: { provisioningState: "Succeeded" } };
const previewDeadline = (ms = 20_000) => ({ deadline: Date.now() + ms });

async function open(answer: (request: Seen, base: string) => Reply) {
  const azure = await scriptedAzure(answer);
  opened.push(azure);
  const connection = connect(() => undefined, azure.env);
  // So that a deadline is the write's alone.
  await connection.signIn(previewDeadline());
  return connection;
}

/** A PUT that Azure takes, and an operation that answers `statuses` one after the other. */
function operation(statuses: (object | "404")[], write: Record<string, string> = {}) {
  return ({ method, url }: Seen, base: string): Reply => {
    if (url.includes("/operationStatus/")) {
      const status = statuses.length > 1 ? statuses.shift() : statuses[0];
      return { headers: { "retry-after": "0" }, body: status };
    }
    if (method === "GET") return { body: vault };
    const statusUrl = `${base}${vaultId}/operationStatus/b3A=?api-version=2026-06-01&t=1&s=signature`;
    return { status: 201, body: vault, headers: { "azure-asyncoperation": statusUrl, "retry-after": "0", ...write } };
  };
}

const putVault = async (connection: ReturnType<typeof connect>, ms?: number) =>
  connection.backupVaults.createOrUpdate(vaultId, vault, previewDeadline(ms)).then(
    () => undefined,
    (error) => error,
  );

test("a write waits for its operation, whatever Azure's spelling of in progress is", async () => {
  const connection = await open(
    operation([{ status: "Inprogress" }, { status: "InProgress" }, { status: "Succeeded" }]),
  );
  const seen: string[] = [];
  await connection.backupVaults.createOrUpdate(vaultId, vault, {
    ...previewDeadline(),
    onProgress: ({ status }) => seen.push(status),
  });
  expect(seen).toEqual(["Inprogress", "InProgress", "Succeeded"]);
  expect(calls()).toHaveLength(4);
  expect(calls()[1]).toContain("&t=1&s=signature");
});

test.each([
  [
    { properties: { error: { Code: "VaultNotEmpty", Message: "It is not empty." } } },
    "VaultNotEmpty",
    /It is not empty\./,
  ],
  [{ errors: [{ ErrorCode: "VaultNotEmpty", Message: { Value: "It is not empty." } }] }, "VaultNotEmpty", /not empty/],
  [{ error: { code: "VaultNotEmpty" } }, "VaultNotEmpty", /reports the operation as Failed and gives no reason/],
  [{}, "Failed", /reports the operation as Failed and gives no reason/],
])("an operation that fails with %j says why", async (why, code, message) => {
  const connection = await open(operation([{ status: "Failed", ...why }]));
  const error = await putVault(connection);
  expect(error).toMatchObject({ name: "ArmError", code, message: expect.stringMatching(message) });
});

test("an operation is not asked for before the time that Azure named", async () => {
  const connection = await open(operation([{ status: "Succeeded" }], { "retry-after": "1" }));
  const began = Date.now();
  await connection.backupVaults.createOrUpdate(vaultId, vault, previewDeadline());
  expect(Date.now() - began).toBeGreaterThanOrEqual(950);
  expect(calls()).toHaveLength(2);
});

test("a failed operation says what Azure says to the user, and that the write was accepted", async () => {
  const info = {
    code: "UserErrorCMKKeyVaultAuthFailure",
    message: "The vault cannot reach the key",
    recommendedAction: ["Give its identity the rights Get, Wrap and Unwrap."],
  };
  const error = { code: "Outer", message: "outer", additionalInfo: [{ type: "UserFacingError", info }] };
  const failure = await putVault(await open(operation([{ status: "Failed", error }])));
  expect(failure.message).toBe(
    "Azure accepted PUT backupVaults/payroll, but the operation failed: The vault cannot reach the key. " +
      "Give its identity the rights Get, Wrap and Unwrap. " +
      "(UserErrorCMKKeyVaultAuthFailure, HTTP 200, request ID request-1)",
  );
  expect(failure).toMatchObject({ name: "ArmError", status: 200, accepted: true, stack: "" });
});

test("an operation that never ends ends with the deadline, and tells which resource is in the making", async () => {
  const failure: OperationTimeout = await putVault(await open(operation([{ status: "Sideways" }])), 3_000);
  expect(failure).toMatchObject({ name: "OperationTimeout", accepted: true, resourceId: vaultId });
  expect(failure.operationUrl).toContain("/operationStatus/");
  expect(JSON.stringify(failure) + failure.message).not.toContain("signature");
});

test("an interruption ends the waiting at once", async () => {
  const connection = await open(operation([{ status: "InProgress" }], { "retry-after": "30" }));
  const stop = new AbortController();
  setTimeout(() => stop.abort(new Error("Interrupted.")), 200);
  const writing = connection.backupVaults.createOrUpdate(vaultId, vault, {
    ...previewDeadline(),
    abortSignal: stop.signal,
  });
  await expect(writing).rejects.toThrow("Interrupted.");
});

test("an operation URL on another host is refused, and nothing is sent there", async () => {
  const elsewhere = await scriptedAzure(() => ({ body: { status: "Succeeded" } }));
  const connection = await open(operation([], { "azure-asyncoperation": `${elsewhere.url}/operationStatus/1` }));
  const failure = await putVault(connection);
  expect(failure).toMatchObject({ name: "ForeignHostError", accepted: true });
  expect(failure.message).toContain(elsewhere.url);
  expect(elsewhere.seen).toEqual([]);
  await elsewhere.close();
});

test("Location is followed where Azure gives no operation status", async () => {
  let asked = 0;
  const connection = await open(({ method, url }, base): Reply => {
    if (url.includes("/operationResults/")) {
      asked += 1;
      return asked < 3 ? { status: 202, headers: { "retry-after": "0" } } : { status: 200, body: vault };
    }
    const location = `${base}${vaultId}/operationResults/1?api-version=2026-06-01`;
    return method === "PATCH" ? { status: 202, headers: { location, "retry-after": "0" } } : { body: vault };
  });
  await connection.backupVaults.update(vaultId, { tags: { a: "b" } }, previewDeadline());
  expect(asked).toBe(3);
});

test("without any address for the operation, the vault itself is asked", async () => {
  let reads = 0;
  const connection = await open(({ method }) => {
    if (method === "GET") reads += 1;
    const provisioningState = reads < 3 ? "Provisioning" : "Succeeded";
    return { headers: { "retry-after": "0" }, body: { ...vault, properties: { provisioningState } } };
  });
  await connection.backupVaults.createOrUpdate(vaultId, vault, previewDeadline());
  expect(reads).toBe(3);
});

test("a question how the operation goes that is refused says that the write was accepted", async () => {
  const connection = await open(({ method }, base): Reply => {
    if (method === "PUT")
      return { status: 201, body: vault, headers: { "azure-asyncoperation": `${base}/status/1`, "retry-after": "0" } };
    return { status: 403, body: { error: { code: "AuthorizationFailed", message: "You may not" } } };
  });
  const failure = await putVault(connection);
  expect(failure).toMatchObject({ name: "ArmError", status: 403, accepted: true });
  expect(failure.message).toMatch(/^Azure refused GET status of PUT backupVaults\/payroll: You may not\./);
});

test("a deletion waits until the vault is really gone", async () => {
  let reads = 0;
  const connection = await open(({ method, url }, base): Reply => {
    if (url.includes("/operationStatus/")) return { body: { status: "Succeeded" } };
    if (method === "DELETE")
      return { status: 202, headers: { "azure-asyncoperation": `${base}/operationStatus/1`, "retry-after": "0" } };
    if (url.includes("/backupVaults?")) return { body: { value: [] } };
    reads += 1;
    return reads < 3
      ? { body: vault }
      : { status: 404, body: { error: { code: "ResourceNotFound", message: "gone" } } };
  });
  await connection.backupVaults.delete(vaultId, previewDeadline());
  expect(reads).toBe(3);
});

test("no token and no secret stands in any failure", async () => {
  const { inspect } = await import("node:util");
  const answers: ((request: Seen, base: string) => Reply)[] = [
    operation([{ status: "Failed", error: { code: "X", message: "no" } }]),
    () => "drop",
    () => ({ status: 403, body: { error: { code: "AuthorizationFailed", message: "no" } } }),
    () => ({ status: 502, body: "<html>bad gateway</html>" }),
    () => "hang",
  ];
  const failures = await Promise.all(answers.map(async (answer) => putVault(await open(answer), 5_000)));
  expect(failures.map((each) => each.name)).toEqual([
    "ArmError",
    "ConnectionError",
    "ArmError",
    "ArmError",
    "OperationTimeout",
  ]);
  const said = failures.map((each) => inspect(each, { depth: 10, showHidden: true }) + JSON.stringify(each)).join("\n");
  expect(said).not.toContain(token);
  expect(said).not.toContain(secret);
});

test.each([
  ["that says so at once", "Failed", {}],
  ["that shows it in the resource", "Updating", { "retry-after": "0" }],
])("a write without an address for its state fails by an answer %s", async (_, atFirst, headers) => {
  const connection = await open(({ method }) => ({
    ...(method === "PUT" && { status: 201, headers }),
    body: { ...vault, properties: { provisioningState: method === "PUT" ? atFirst : "Failed" } },
  }));
  expect(await putVault(connection)).toMatchObject({ name: "ArmError", accepted: true, code: "Failed" });
});

test("a write fails by a `Location` that answers with the status of the operation", async () => {
  const error = { code: "UserErrorInvalidRequestParameter", message: "The retention is too short." };
  const connection = await open(({ method }, base) =>
    method === "PUT"
      ? { status: 202, headers: { location: `${base}${vaultId}/operationResults/b3A=`, "retry-after": "0" } }
      : { body: { status: "Failed", error } },
  );
  expect(await putVault(connection)).toMatchObject({ accepted: true, code: error.code, reason: error.message });
});
