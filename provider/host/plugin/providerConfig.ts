import { findSetting, stackSettings, unknownSettings, wrongValues } from "../../azure/index.js";
import { isUnknown } from "../../vaults/unknowns.js";
import { rememberConfig } from "../context.js";
import { isSecretMark, secretMark } from "../secretMark.js";
import { detailedDiff } from "./detailedDiff.js";
import type { PluginDifference } from "./resource.js";
import { withoutMarks } from "./values.js";

type Properties = Record<string, unknown>;

export type ProviderConfig = typeof providerConfig;

const known = Object.keys(stackSettings);

/** The configuration of a provider resource: `azure-backup:*` of the stack, or the arguments of an explicit provider. */
export const providerConfig = {
  check(news: Properties) {
    const names = Object.keys(withoutMarks(news)).filter((name) => !name.startsWith("__") && !engines.includes(name));
    const failures = unknownSettings(
      names.map((name) => `azure-backup:${name}`),
      "The provider's configuration",
    );
    failures.push(...wrongValues(valuesToJudge(news)));
    return { inputs: withSecrets(news), failures: failures.map((reason) => ({ property: "", reason })) };
  },

  /** Other credentials for the same vaults are no reason to replace anything. */
  diff(old: Properties, wanted: Properties): PluginDifference {
    const properties = detailedDiff(withoutMarks(old), withoutMarks(wanted), []);
    return { changes: properties.size > 0, replaces: [], deleteBeforeReplace: false, properties };
  },

  /** The engine never configures a provider with values that are not known yet: it then asks for no check either. */
  set(args: Properties): void {
    const plain = withoutMarks(args);
    const values = new Map(known.map((name) => [`azure-backup:${name}`, asText(plain[name])]));
    rememberConfig({ get: (key) => values.get(key) });
  },
};

const secret = Object.entries(stackSettings).flatMap(([name, { isSecret }]) => (isSecret ? [name] : []));

/**
 * The engine sends the configuration in clear, and would log and record in clear what neither the program nor the stack marks
 * as secret.
 */
function withSecrets(news: Properties): Properties {
  const isOpen = (value: unknown) => value !== null && !isUnknown(value) && !isSecretMark(value);
  const entries = Object.entries(news).map(([name, value]) => [
    name,
    secret.includes(name) && isOpen(value) ? secretMark(value) : value,
  ]);
  return Object.fromEntries(entries);
}

/** What the engine itself adds to the arguments. */
const engines = ["version", "pluginDownloadURL"];

/** What is not known yet, or may not be shown, is judged only when the plugin connects to Azure. */
function valuesToJudge(news: Properties): Record<string, string> {
  const isOpen = (value: unknown) => !isUnknown(value) && !isSecretMark(value);
  const texts = Object.entries(news).map(([name, value]) => [name, isOpen(value) ? asText(value)?.trim() : undefined]);
  const { environment, ...values } = Object.fromEntries(texts.filter(([, text]) => text));
  // A metadata host, wherever it is given, names the clouds itself.
  const hasHost = news.metadataHost !== undefined || findSetting("metadataHost", () => undefined, process.env);
  return { ...values, ...(!hasHost && environment && { environment }) };
}

/** As in a stack's configuration, where every value is text. */
function asText(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === "string" ? value : JSON.stringify(value);
}
