import type { ArmResource } from "../armResource.js";
import type { Inside } from "../inside.js";

/**
 * What Azure chooses (a principal, a key's version) nobody can write down beforehand: `{"$ref": "<id>#/a/b"}` stands
 * for what the resource of that id has there, as in JSON Reference.
 */
export function withReferences(client: Inside, value: ArmResource): ArmResource;
export function withReferences(client: Inside, value: unknown): unknown;
export function withReferences(client: Inside, value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => withReferences(client, item));
  const { $ref } = value as ArmResource;
  if (typeof $ref === "string") return referred(client, $ref);
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withReferences(client, member)]));
}

function referred(client: Inside, reference: string): unknown {
  const [id = "", pointer = ""] = reference.split("#");
  const { status, body } = client.arm("GET", id);
  if (status !== 200) throw new Error(`"$ref": there is no ${id} yet.`);
  // https://www.rfc-editor.org/rfc/rfc6901
  const names = pointer.split("/").slice(1);
  const found = names.reduce<unknown>((at, name) => {
    const member = name.replaceAll("~1", "/").replaceAll("~0", "~");
    return typeof at === "object" && at !== null ? (at as ArmResource)[member] : undefined;
  }, body);
  if (found === undefined) throw new Error(`"$ref": ${id} has no "${pointer}".`);
  return found;
}
