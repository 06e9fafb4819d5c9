/** The service was seen to answer `ON`; ours come out as Microsoft's specification spells them. */
export const spelled = (value: string | undefined, spellings: string[]) =>
  spellings.find((each) => each.toLowerCase() === value?.toLowerCase()) ?? value;

/** `SystemAssigned`, `UserAssigned`, both with a comma and nothing else between them, or `None`, however it is answered. */
export const identityType = (value: string): string =>
  value
    .split(",")
    .map((each) => spelled(each.trim(), ["None", "SystemAssigned", "UserAssigned"]))
    .sort()
    .join(",");

/** Without what is not there. */
export function present(object: object): object {
  const entries = Object.entries(object).filter(([, value]) => value !== undefined && value !== "");
  return Object.fromEntries(
    entries.map(([key, value]) => [key, isPlain(value) && key !== "tags" ? present(value) : value]),
  );
}

/** What a request says, and nothing that says nothing: no `undefined`, no object without a member. */
export function said<T extends object>(object: T): T | undefined {
  const entries = Object.entries(object)
    .map(([key, value]) => [key, isPlain(value) ? said(value) : value])
    .filter(([, value]) => value !== undefined);
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

const isPlain = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);
