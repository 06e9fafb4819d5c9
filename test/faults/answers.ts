import type { Reply } from "../azure/scriptedAzure.js";

type Values = Record<string, unknown>;
export type Answer = Exclude<Reply, string>;

/** @returns undefined where it cannot be made of this answer */
type Garbling = (right: Answer) => Answer | undefined;

const refusal = (status: number, code: string, message = "No."): Answer => ({
  status,
  body: { error: { code, message } },
});
const html = { headers: { "content-type": "text/html" }, body: "<html><body>Sign in</body></html>" };
const elsewhere = "https://elsewhere.invalid/x";

/** The request has no effect. */
export const refusals: Record<string, Answer> = {
  "401": refusal(401, "ExpiredAuthenticationToken", "The access token has expired."),
  "403 without a body": { status: 403 },
  "403": refusal(403, "AuthorizationFailed"),
  "404 without a body": { status: 404 },
  "404 in HTML": { ...html, status: 404 },
  "404 of another vault": refusal(
    404,
    "ResourceNotFound",
    "The Resource 'Microsoft.DataProtection/backupVaults/bv-another' under resource group 'rg-payroll' was not found.",
  ),
  "404 of the subscription": refusal(404, "SubscriptionNotFound"),
  "409": refusal(409, "Conflict", "Another operation is in progress."),
  "412": refusal(412, "PreconditionFailed"),
  "400 with a text for its error": { status: 400, body: { error: "bad" } },
  "400 with nothing in its error": {
    status: 400,
    body: { error: { code: null, message: null, details: [null], innererror: null, additionalInfo: [null] } },
  },
  "302 to another host": { status: 302, headers: { location: elsewhere } },
  "307 to another host": { status: 307, headers: { location: elsewhere } },
};

/** A write has its effect. */
export const garbled: Record<string, Garbling> = {
  "JSON that ends in the middle": (right) =>
    right.body === undefined ? undefined : { ...right, body: JSON.stringify(right.body).slice(0, -3) },
  HTML: () => html,
  null: (right) => ({ ...right, body: "null" }),
  "an array": (right) => ({ ...right, body: "[]" }),
  "a text": (right) => ({ ...right, body: '"text"' }),
  "an empty object": (right) => ({ ...right, body: "{}" }),
  "no body": ({ status, headers }) => ({ status, headers }),
  "another content type": (right) => ({ ...right, headers: { ...right.headers, "content-type": "text/plain" } }),
  "204": () => ({ status: 204 }),
  "202 without an address": () => ({ status: 202 }),
  "another resource": (right) => {
    const { id, name } = membersOf(right);
    return id === undefined ? undefined : changed(right, { id: `${id}-2`, name: `${name}-2` });
  },
  "an operation on another host": (right) => {
    const links = Object.keys(right.headers ?? {}).filter((name) => /asyncoperation|location/i.test(name));
    const led = Object.fromEntries(links.map((name) => [name, elsewhere]));
    return links.length === 0 ? undefined : { ...right, headers: { ...right.headers, ...led } };
  },
  "a next page on another host": (right) => (isList(right) ? changed(right, { nextLink: elsewhere }) : undefined),
  "a list of null": (right) => (isList(right) ? changed(right, { value: [null] }) : undefined),
  "an operation that failed": (right) =>
    isOperation(right)
      ? changed(right, { status: "Failed", error: { code: "Broken", message: "It broke." } })
      : undefined,
  "an operation that failed for no reason": (right) =>
    isOperation(right) ? { ...right, body: { status: "Failed" } } : undefined,
  "an operation that was cancelled": (right) =>
    isOperation(right) ? { ...right, body: { status: "Canceled" } } : undefined,
};

const membersOf = ({ body }: Answer): Values => (typeof body === "object" && body !== null ? (body as Values) : {});
const changed = (right: Answer, members: Values): Answer => ({ ...right, body: { ...membersOf(right), ...members } });
const isList = (right: Answer) => Array.isArray(membersOf(right).value);
const isOperation = (right: Answer) => {
  const { properties, status } = membersOf(right);
  return properties === undefined && typeof status === "string";
};
