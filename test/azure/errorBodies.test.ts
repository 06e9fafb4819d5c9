import { connect } from "../../provider/azure/index.js";
import { failureOf, previewDeadline } from "./emulated.js";
import { type Reply, type ScriptedAzure, scriptedAzure, token, vaultId } from "./scriptedAzure.js";

let azure: ScriptedAzure;
let reply: Reply;

beforeAll(async () => {
  azure = await scriptedAzure(() => reply);
});
afterAll(() => azure.close());

async function failureWith(answer: Reply) {
  reply = answer;
  return failureOf(connect(() => undefined, azure.env).backupVaults.get(vaultId, previewDeadline()));
}

const withoutReason: Record<string, unknown> = {
  "no body": undefined,
  HTML: "<html><body>Blocked</body></html>",
  "a text": '"no"',
  "a list": [],
  "a text for its error": { error: "no" },
  "null for its parts": { error: { code: null, message: null, details: null, innererror: null, additionalInfo: null } },
  "numbers and lists for its texts": { error: { code: 7, message: ["no"], details: [{ message: {} }] } },
  "something else for its lists": { error: { details: 5, innererror: "no", additionalInfo: { info: {} } } },
  "null in its lists": { error: { details: [null, 5], additionalInfo: [null, "no", { info: null }] } },
};

test.each(Object.keys(withoutReason))("an error body that is %s is no reason, and the error says so", async (what) => {
  const failure = await failureWith({ status: 400, body: withoutReason[what] });
  expect(failure).toMatchObject({ name: "ArmError", status: 400, code: "HTTP400" });
  expect(failure.message).toBe(
    "Azure refused GET backupVaults/payroll: the response gives no reason. Run the command again. If this happens again, " +
      "check the proxy (HTTPS_PROXY, NO_PROXY) and metadataHost (ARM_METADATA_HOSTNAME). (HTTP 400, request ID request-1)",
  );
});

const said = { code: "VaultNotEmpty", message: "The vault is not empty." };
const capitals = { Code: said.code, Message: said.message };

/** As services of different ages write the same error. */
const shapes: Record<string, unknown> = {
  "ARM's own": { error: said },
  "ARM's own without its wrapper": said,
  "in capitals": capitals,
  "in capitals with its wrapper": { Error: capitals },
  "of classic services": { ErrorCode: said.code, Message: { Value: said.message } },
  "of OData 3": { "odata.error": { code: said.code, message: { lang: "en-US", value: said.message } } },
  "of an operation": { status: "Failed", properties: { error: said } },
  "of an operation in capitals": { status: "Failed", Properties: { Error: capitals } },
  "one of several": { errors: [null, said, { code: "Other", message: "Something else." }] },
  "one of several among the properties": { properties: { errors: [{ error: "no" }, said] } },
  "in its details": { error: { code: said.code, message: "", details: [null, { message: said.message }] } },
  "in its inner error": { error: { code: said.code, innerError: { Message: said.message } } },
  "in the information for users": { Error: { Code: "BadRequest", AdditionalInfo: [{ Info: capitals }] } },
};

test.each(Object.keys(shapes))("an error body that is %s is read with its code and its reason", async (what) => {
  const failure = await failureWith({ status: 409, body: shapes[what] });
  expect(failure).toMatchObject({ name: "ArmError", status: 409, code: said.code, reason: said.message });
});

test.each([
  ["Sign in with Bearer abcdefghijklmnopqrstuvwxyz0123456789.", "Bearer [secret]", "abcdefghij"],
  ["No access to https://x.blob.core.windows.net/c?sv=1&sig=aGVsbG8%3D&se=2.", "sig=[secret]&se=2", "aGVsbG8"],
  ["Invalid: client_secret=hunter2-hunter2&scope=x", "client_secret=[secret]&scope=x", "hunter2"],
  ["Cannot open AccountName=x;AccountKey=c2VjcmV0;", "AccountKey=[secret];", "c2VjcmV0"],
])("a secret in the error %j is not shown", async (message, shown, secret) => {
  for (const body of [{ error: { message } }, { Message: { Value: message } }, { errors: [{ message }] }]) {
    const failure = await failureWith({ status: 400, body });
    expect(failure.message).toContain(shown);
    expect(JSON.stringify([failure.message, failure.reason, failure.code])).not.toContain(secret);
  }
});

test("a sentence about tokens and passwords stays as it is", async () => {
  const message = "A Bearer token is missing. Basic authentication is not supported, nor is a password.";
  expect((await failureWith({ status: 400, body: { error: { message } } })).reason).toBe(message);
});

test("what is said to users some levels down is found beside parts that cannot be read", async () => {
  const info = { code: "UserErrorX", message: "The disk is in use.", recommendedAction: ["Detach it.", null, 5] };
  const details = [null, { innererror: { additionalInfo: ["no", { info }] } }];
  const failure = await failureWith({ status: 400, body: { error: { code: "BadRequest", message: "No.", details } } });
  expect(failure).toMatchObject({
    code: "UserErrorX",
    reason: "The disk is in use.",
    recommendedAction: ["Detach it."],
  });
});

test.each([301, 302, 307, 308])("a response with HTTP %i is not followed, and the error says so", async (status) => {
  const elsewhere = "https://elsewhere.invalid/sign-in";
  const failure = await failureWith({ status, headers: { location: elsewhere } });
  expect(failure.message).toMatch(
    /^Azure's response to GET backupVaults\/payroll leads elsewhere, and nothing was sent there/,
  );
  expect(failure.message).toContain("check the proxy");
  expect(failure.message).not.toContain("elsewhere.invalid");
});

test("a token that a proxy repeats in its error is not shown", async () => {
  const info = { message: `Blocked: Bearer ${token}`, recommendedAction: [`Send ${token} elsewhere.`] };
  for (const error of [{ message: info.message }, { message: "No.", additionalInfo: [{ info }] }]) {
    const failure = await failureWith({ status: 400, body: { error } });
    expect(failure.message).toContain("Blocked: Bearer [secret]");
    expect(failure.message).not.toContain("eyJ");
    expect(String(failure.reason) + failure.recommendedAction).not.toContain("eyJ");
  }
});
