import { stackSettings, unknownSettings } from "../../azure/index.js";
import { isUnknown } from "../../vaults/unknowns.js";
import { rememberConfig } from "../context.js";
import { detailedDiff } from "./detailedDiff.js";
import type { PluginDifference } from "./resource.js";
import { withoutMarks } from "./values.js";

type Properties = Record<string, unknown>;

export type ProviderConfig = typeof providerConfig;

const prefix = "azure-backup:";
const known = Object.keys(stackSettings);

/** The configuration of a provider resource: `azure-backup:*` of the stack, or the arguments of an explicit provider. */
export const providerConfig = {
  check(news: Properties) {
    const { version: _, ...given } = withoutMarks(news);
    const names = Object.keys(given).filter((name) => !name.startsWith("__"));
    const failures = unknownSettings(names.map((name) => `${prefix}${name}`)).map((reason) => ({
      property: "",
      reason,
    }));
    return { inputs: news, failures };
  },

  /** Other credentials for the same vaults are no reason to replace anything. */
  diff(old: Properties, wanted: Properties): PluginDifference {
    const properties = detailedDiff(withoutMarks(old), withoutMarks(wanted), []);
    return { changes: properties.size > 0, replaces: [], deleteBeforeReplace: false, properties };
  },

  /**
   * @param args the provider's arguments
   * @param variables the same as text by `azure-backup:config:name`, from engines that send no arguments
   */
  set(args: Properties, variables: Properties): void {
    const plain = withoutMarks(args);
    const values = new Map(
      known.map((name) => [`${prefix}${name}`, asText(plain[name] ?? variables[`${prefix}config:${name}`])]),
    );
    rememberConfig({ get: (key) => values.get(key) });
  },
};

/** As in a stack's configuration, where every value is text. What is not known yet stays so. */
function asText(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === "string" || isUnknown(value) ? String(value) : JSON.stringify(value);
}
