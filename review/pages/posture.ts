import type { Control } from "../../provider/rules/index.js";
import { alternatives } from "../../provider/vaults/values.js";
import type { PostureFinding, Report } from "../report.js";
import { counted, labelsOf } from "./headline.js";

export const postureTitle = "Weaker than benchmarks and policies ask";

/** The vaults in which the same setting has the same value, and the values that controls ask for in its place. */
export interface Weakness extends Pick<PostureFinding, "property" | "value"> {
  names: string[];
  asked: { values: string; controls: Control[] }[];
}

export function weaknesses({ posture = [] }: Report): Weakness[] {
  const label = labelsOf(posture);
  const all = posture.flatMap((vault) => vault.findings.map((finding) => ({ name: label(vault), finding })));
  const same = Map.groupBy(all, ({ finding }) => JSON.stringify(finding));
  return [...same.values()].flatMap(([first, ...others]) => {
    if (!first) return [];
    const { property, value, controls } = first.finding;
    const byValues = Map.groupBy(controls, ({ satisfiedBy }) => alternatives(satisfiedBy));
    const asked = [...byValues].map(([values, those]) => ({ values, controls: those }));
    return [{ property, value, names: [first, ...others].map(({ name }) => name), asked }];
  });
}

/** What the posture is based on. Not determined is not satisfied. */
export function postureLine({ posture = [] }: Report): string {
  const open = posture.flatMap(({ undetermined }) => undetermined);
  const compared = `Compared ${counted(posture.length, "vault", "vaults")} with the controls.`;
  if (open.length === 0) return compared;
  const settings = counted(open.length, "setting", "settings");
  return `${compared} ${settings} could not be determined: ${[...new Set(open)].join(", ")}.`;
}

export const controlName = ({ framework, title }: Control): string => `${framework}: ${title}`;
