/** The service was seen to answer `ON`; ours come out as Microsoft's specification spells them. */
export const spelled = (value: string | undefined, spellings: string[]) =>
  spellings.find((each) => each.toLowerCase() === value?.toLowerCase()) ?? value;

/** Without what is not there. */
export function present(object: object): object {
  const entries = Object.entries(object).filter(([, value]) => value !== undefined && value !== "");
  return Object.fromEntries(
    entries.map(([key, value]) => [key, isPlain(value) && key !== "tags" ? present(value) : value]),
  );
}

const isPlain = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);
