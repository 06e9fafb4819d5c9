import { containsSecret, deepest, isSecret } from "../values.js";
import { fields } from "./plannedChange.js";
import type { Step } from "./pulumiStep.js";

/**
 * Whether a step may give another value to something that the preview hides. The engine says where the inputs differ, also
 * those that are secret: by their paths, or, for providers that do not say more, only by the names of the inputs.
 */
export function hidesDifference(value: unknown, { old, new: wanted }: Step): boolean {
  if (!old || !wanted || !(containsSecret(old.inputs) || containsSecret(wanted.inputs))) return false;
  const { detailedDiff, diffReasons, diffs } = fields(value);
  const paths = Object.keys(fields(detailedDiff)).map(partsOf);
  const names = diffReasons ?? diffs;
  const differing = paths.length > 0 ? paths : Array.isArray(names) ? names.map((name) => [String(name)]) : [];
  const places = [...secretsIn(old.inputs), ...secretsIn(wanted.inputs)];
  const startsWith = (whole: string[], start: string[]) => start.every((part, index) => part === whole[index]);
  const differs = (place: string[]) => differing.some((each) => startsWith(each, place) || startsWith(place, each));
  return differing.length === 0 ? places.length > 0 : places.some(differs);
}

/** From `properties.rules[0]["a name"]`. */
const partsOf = (path: string): string[] =>
  [...path.matchAll(/"([^"]*)"|([^.[\]"]+)/g)].map(([, quoted, plain = ""]) => quoted ?? plain);

/** Where the secrets are. What is nested too deeply to be read may be one. */
function secretsIn(value: unknown, depth = 0): string[][] {
  if (isSecret(value) || depth > deepest) return [[]];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) => secretsIn(each, depth + 1).map((place) => [name, ...place]));
}
