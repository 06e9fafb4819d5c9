import { isObject } from "../../vaults/values.js";

/** What is said to a user, at one place of an error body. */
export interface Said {
  code?: string;
  message?: string;
  recommendedAction: string[];
}

/**
 * What an error body says, as ARM and its services write it, or as whatever responds in their place: every part may be missing
 * or anything, and no secret is repeated. Besides ARM's `{"error": {"code", "message"}}`
 * (https://github.com/Azure/azure-resource-manager-rpc/blob/master/v1.0/common-api-details.md#error-response-content), older
 * services capitalize these names, wrap the message (OData: `{"odata.error": {"code", "message": {"value"}}}`) or say
 * `ErrorCode`. Operations have the error among their `properties`, and some services list several.
 */
export function readErrorBody(body: unknown): Said {
  const places = errorsIn(body);
  const said = first(places, userFacing) ?? first(places, saidAt) ?? first(places, inner);
  return {
    code: clean(said?.code || first(places, codeAt)),
    message: clean(said?.message),
    recommendedAction: said?.recommendedAction.map(withoutSecrets) ?? [],
  };
}

/** The places of a body that may be an error, the likeliest first. */
function errorsIn(body: unknown): unknown[] {
  const properties = member(body, "properties");
  const wrapped = [body, properties].flatMap((each) => [member(each, "error"), member(each, "odata.error")]);
  const listed = [body, properties].flatMap((each) => listIn(member(each, "errors")));
  return [...wrapped, ...listed, body].filter(isObject);
}

/** Microsoft.DataProtection puts the useful text into `additionalInfo[].info`, here or some levels down. */
function userFacing(error: unknown, depth = 0): Said | undefined {
  if (depth > deepest) return undefined;
  const infos = listIn(member(error, "additionalInfo")).map((each) => member(each, "info"));
  return first(infos, saidAt) ?? first(within(error), (each) => userFacing(each, depth + 1));
}

/** The first message of what an error without one contains. */
function inner(error: unknown, depth = 0): Said | undefined {
  if (depth > deepest) return undefined;
  return first(within(error), (each) => saidAt(each) ?? inner(each, depth + 1));
}

const deepest = 5;

const within = (error: unknown): unknown[] => [...listIn(member(error, "details")), member(error, "innererror")];

/** Nothing without a message. */
function saidAt(place: unknown): Said | undefined {
  const given = member(place, "message");
  const message = textIn(given) ?? textIn(member(given, "value"));
  if (!message) return undefined;
  const actions = listIn(member(place, "recommendedAction"));
  return { code: codeAt(place), message, recommendedAction: actions.flatMap((each) => textIn(each) ?? []) };
}

const codeAt = (place: unknown): string | undefined =>
  textIn(member(place, "code")) || textIn(member(place, "errorCode")) || undefined;

/** In any case: `Code`, `innerError`. The exact name counts first. */
function member(place: unknown, name: string): unknown {
  if (!isObject(place)) return undefined;
  if (Object.hasOwn(place, name)) return place[name];
  const found = Object.keys(place).find((each) => each.toLowerCase() === name.toLowerCase());
  return found === undefined ? undefined : place[found];
}

function first<T>(places: readonly unknown[], read: (place: unknown) => T | undefined): T | undefined {
  for (const place of places) {
    const found = read(place);
    if (found !== undefined) return found;
  }
  return undefined;
}

const textIn = (value: unknown) => (typeof value === "string" ? value : undefined);
const listIn = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const clean = (text: string | undefined) => text && withoutSecrets(text);

/**
 * A proxy that explains itself may repeat the request with its token, and a service the signed address or the connection string
 * that it was given.
 */
function withoutSecrets(text: string): string {
  return text
    .replaceAll(/\beyJ[\w-]+(\.[\w-]+)+/g, "[secret]")
    .replaceAll(/\b(Bearer|Basic) +[\w+/=.~-]{16,}/gi, "$1 [secret]")
    .replaceAll(
      /\b(sig|client_secret|client_assertion|AccountKey|SharedAccessKey|password)=[^&;\s"']+/gi,
      "$1=[secret]",
    );
}
