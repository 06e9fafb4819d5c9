import { objectOrNothing, type Parse, parser } from "./parse.js";

/** Azure compares enum values without case; ours come out as Azure spells them. */
export function oneOf(...values: readonly string[]): Parse {
  const last = values.at(-1);
  const words = values.length > 1 ? `${values.slice(0, -1).join(", ")} or ${last}` : last;
  return parser(`must be ${words}`, (value) =>
    typeof value === "string" ? values.find((each) => each.toLowerCase() === value.toLowerCase()) : undefined,
  );
}

export const boolean: Parse = parser("must be true or false", (value) =>
  typeof value === "boolean" ? value : undefined,
);

export function matching(pattern: RegExp, expected: string): Parse {
  return parser(expected, (value) => (typeof value === "string" && pattern.test(value) ? value : undefined));
}

export const wholeNumber = (unit: string): Parse =>
  parser(`must be a whole number of ${unit}`, (value) => (Number.isSafeInteger(value) ? value : undefined));

export const guid: Parse = matching(
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  "must be a GUID such as 11111111-2222-3333-4444-555555555555",
);

/** `East US 2` and `eastus2` are one region to Azure. */
export const location: Parse = parser("must be the name of an Azure region, such as westeurope", (value) => {
  const name = typeof value === "string" ? value.replaceAll(" ", "").toLowerCase() : "";
  return /^[a-z0-9]+$/.test(name) ? name : undefined;
});

export function armId(resourceType: string): Parse {
  const example = `/subscriptions/{subscription}/resourceGroups/{group}/providers/${resourceType}/{name}`;
  const pattern = new RegExp(`^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/${resourceType}/[^/]+$`, "i");
  return matching(pattern, `must be an ARM id of the form ${example}`);
}

/** https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources#limitations */
export const tags: Parse = parser(
  "must be at most 50 pairs of text, names up to 512 and values up to 256 characters",
  (value) => {
    const entries = Object.entries(objectOrNothing(value) ?? { "": null });
    const fits = ([name, text]: [string, unknown]) =>
      name !== "" && name.length <= 512 && typeof text === "string" && text.length <= 256;
    return entries.length <= 50 && entries.every(fits) ? value : undefined;
  },
);

/** `90s`, `30m`, `1h30m`, as in Pulumi's own timeouts. */
export const duration: Parse = matching(/^(?=\d)(\d+h)?(\d+m)?(\d+s)?$/, 'must be a duration such as "30m" or "1h30m"');

export function durationMs(text: string): number {
  const unit = { h: 3_600_000, m: 60_000, s: 1_000 };
  const parts = [...text.matchAll(/(\d+)([hms])/g)];
  return parts.reduce((sum, [, count, name]) => sum + Number(count) * unit[name as keyof typeof unit], 0);
}

/** azurerm's and azure-native's own default for a vault. */
const defaultTimeoutMs = 30 * 60_000;

export const deadlineAfter = (timeout: string | undefined): number =>
  Date.now() + (timeout ? durationMs(timeout) : defaultTimeoutMs);
