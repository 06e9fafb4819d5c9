type Properties = Record<string, unknown>;

const secretMark = "4dabf18193072939515e22adb298388d";

/** What the engine hands back to the dynamic provider host: values in clear. */
export const inClear = (properties: Properties): Properties =>
  JSON.parse(JSON.stringify(properties), (_, value) => (value?.[secretMark] ? value.value : value));

/** The texts of a state that the engine would not encrypt: neither at a secret argument, which it marks itself, nor marked by us. */
export function open(value: unknown, paths: string[][], path: string[] = []): string[] {
  if (paths.some((each) => each.join("/") === path.join("/")) || path[0] === "__secrets") return [];
  if (typeof value !== "object" || value === null) return [`${value}`];
  if (secretMark in value) return [];
  return Object.entries(value).flatMap(([name, each]) => open(each, paths, [...path, name]));
}
