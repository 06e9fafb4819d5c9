/** ARM's paths mean the same in any case. */
const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

const lastOf = (path: string) => path.slice(path.lastIndexOf("/") + 1);

/** `Microsoft.KeyVault/vaults/keys`, of the innermost provider in a path. Undefined where it names no type. */
function typeIn(path: string): string | undefined {
  const [, provider, rest] = /.*\/providers\/([^/]+)\/(.+)$/i.exec(path) ?? [];
  return rest && [provider, ...rest.split("/").filter((_, index) => index % 2 === 0)].join("/");
}

/**
 * A role's definition is the same under every subscription, and a Managed HSM's data plane is asked below a scope: of
 * those only the end of the id is compared.
 */
const isWhole = (path: string) => /^\/subscriptions\//i.test(path) && !/\/roleDefinitions\/[^/]+$/i.test(path);

/**
 * In what a body says to be another resource than the one at the path. What it leaves out says nothing; and where its id
 * says which one it is, the rest does not count: Azure calls some types otherwise than their paths do.
 */
export function anotherThan(path: string, { id, name, type }: { id?: unknown; name?: unknown; type?: unknown }) {
  if (typeof id === "string") return (isWhole(path) ? same(id, path) : same(lastOf(id), lastOf(path))) ? undefined : id;
  const expected = typeIn(path);
  if (typeof type === "string" && expected && !same(type, expected)) return `one of type ${type}`;
  if (typeof name === "string" && expected && !same(name, lastOf(path))) return `one named ${name}`;
  return undefined;
}

/** What the items of a list lie in. */
export const scopeOf = (listPath: string): string => listPath.replace(/(\/providers\/[^/]+)?\/[^/]+$/i, "");

export const isBelow = (scope: string, id: string): boolean => same(id.slice(0, scope.length + 1), `${scope}/`);

const groupIn = (path: string) => /\/resourceGroups\/([^/]+)/i.exec(path)?.[1] ?? "";

/** Resource Manager's own codes. https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/error-not-found */
const codes = { resource: "ResourceNotFound", parent: "ParentResourceNotFound", group: "ResourceGroupNotFound" };

/**
 * What a 404 says is not there: the resource at the path, its group, or neither. A 404 for the subscription comes from the
 * wrong tenant, one without a code from a proxy, and one that names something else is not about this resource.
 *
 * @param more codes of the resource's own provider
 */
export function missingBy(
  { code, reason }: { code: string; reason: string },
  path: string,
  more: readonly string[] = [],
): "resource" | "group" | undefined {
  const quoted = [...reason.matchAll(/'([^']+)'|"([^"]+)"/g)].map(([, one, two]) => one ?? two ?? "");
  const isNamed = (names: string[]) =>
    quoted.length === 0 || quoted.some((each) => names.some((name) => same(lastOf(each), name)));
  const [, group] = /resource group '([^']+)'/i.exec(reason) ?? [];
  if (group && !same(group, groupIn(path))) return undefined;
  if (same(code, codes.group)) return groupIn(path) && isNamed([groupIn(path)]) ? "group" : undefined;
  const segments = path.split("/");
  if (same(code, codes.parent)) return isNamed(segments.slice(0, -1)) ? "resource" : undefined;
  if (![codes.resource, ...more].some((each) => same(code, each)) || !isNamed([lastOf(path)])) return undefined;
  return quoted.filter((each) => each.includes("/")).every((each) => isIn(segments, each)) ? "resource" : undefined;
}

/** Resource Manager writes `Microsoft.KeyVault/vaults/safe/keys/main`. */
function isIn(segments: string[], named: string): boolean {
  const lower = segments.map((each) => each.toLowerCase());
  return named
    .toLowerCase()
    .split("/")
    .every((each) => each === "" || lower.includes(each));
}
