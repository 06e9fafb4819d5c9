/** JSON Schema, written short. What is not named in an object is not allowed in it. */
export type Schema = Readonly<Record<string, unknown>>;

type Members = Readonly<Record<string, Schema>>;

export const text: Schema = { type: "string" };
export const flag: Schema = { type: "boolean" };
export const number: Schema = { type: "number" };
export const whole: Schema = { type: "integer" };
export const time: Schema = { type: "string", format: "date-time" };
export const anything: Schema = {};

/** Exactly this text: what tells the kinds of an object apart. */
export const just = (value: string): Schema => ({ const: value });
export const list = (items: Schema): Schema => ({ type: "array", items });
export const map = (values: Schema): Schema => ({ type: "object", additionalProperties: values });

/** Members whose names end with an exclamation mark have to be there. */
export function object(members: Members): Schema {
  return { type: "object", ...named(members), additionalProperties: false };
}

/** One of several kinds, of which each has more members than these. */
export function open(members: Members): Schema {
  return { type: "object", ...named(members) };
}

/** Told by Azure, never taken from a client. */
export function readOnly(members: Members): Members {
  return Object.fromEntries(Object.entries(members).map(([name, schema]) => [name, { ...schema, readOnly: true }]));
}

function named(members: Members): Schema {
  const isRequired = (name: string) => name.endsWith("!");
  const plain = (name: string) => name.replace(/!$/, "");
  return {
    properties: Object.fromEntries(Object.entries(members).map(([name, schema]) => [plain(name), schema])),
    required: Object.keys(members).filter(isRequired).map(plain),
  };
}
