/** A changed property. `REPLACE` where the change requires a replacement. */
export type DiffKind = "ADD" | "ADD_REPLACE" | "DELETE" | "DELETE_REPLACE" | "UPDATE" | "UPDATE_REPLACE";

type Properties = Record<string, unknown>;

/**
 * Which inputs change, by their paths, as Pulumi shows them: `softDelete.state`, `accept[0]`, `tags["cost center"]`.
 *
 * @param replaces the top-level properties whose change requires a replacement
 */
export function detailedDiff(old: Properties, wanted: Properties, replaces: readonly string[]): Map<string, DiffKind> {
  const found = new Map<string, DiffKind>();
  for (const name of new Set([...Object.keys(old), ...Object.keys(wanted)])) {
    // This package's own, and Pulumi's.
    if (name.startsWith("__")) continue;
    for (const [path, kind] of differences(old[name], wanted[name], key(name))) {
      found.set(path, replaces.includes(name) ? `${kind}_REPLACE` : kind);
    }
  }
  return found;
}

type Kind = "ADD" | "DELETE" | "UPDATE";

function differences(old: unknown, wanted: unknown, path: string): [path: string, kind: Kind][] {
  if (old === undefined && wanted === undefined) return [];
  if (old === undefined) return [[path, "ADD"]];
  if (wanted === undefined) return [[path, "DELETE"]];
  if (Array.isArray(old) && Array.isArray(wanted)) {
    return Array.from({ length: Math.max(old.length, wanted.length) }).flatMap((_, index) =>
      differences(old[index], wanted[index], `${path}[${index}]`),
    );
  }
  if (isObject(old) && isObject(wanted)) {
    const names = [...new Set([...Object.keys(old), ...Object.keys(wanted)])];
    const found = names.map((name) => ({ name, in: differences(old[name], wanted[name], `${path}${key(name, ".")}`) }));
    const isSaid = found.every((each) => each.in.length === 0 || hasPath(each.name));
    return isSaid ? found.flatMap((each) => each.in) : [[path, "UPDATE"]];
  }
  return old === wanted ? [] : [[path, "UPDATE"]];
}

const isObject = (value: unknown): value is Properties =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * Of what JSON escapes, the engine reads a quotation mark alone.
 * https://pkg.go.dev/github.com/pulumi/pulumi/sdk/v3/go/common/resource#ParsePropertyPath
 */
const key = (name: string, dot = ""): string =>
  /^[\w-]+$/.test(name) ? `${dot}${name}` : `["${name.replaceAll('"', '\\"')}"]`;

/** A backslash at the end of a name would escape the quotation mark behind it, and the engine would refuse the whole preview. */
const hasPath = (name: string): boolean => !name.endsWith("\\");
