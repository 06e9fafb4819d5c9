import { isUnknown } from "../vaults/unknowns.js";
import type { Context } from "./context.js";
import { secretsProperty } from "./fromProgram.js";
import { secretMark } from "./secretMark.js";

type Properties = Record<string, unknown>;

/** Takes the place of a secret in a text, as in Pulumi's own output. */
export const hiddenText = "[secret]";

/** What one run knows to be secret, whichever resource it belongs to: a message about one may name another. */
export interface Secrets {
  /** Takes note of what is secret in the properties of one call. */
  learn(...properties: Properties[]): void;
  hide(text: string): string;
  /** The same value without the texts that are secret. */
  hideIn<T>(value: T): T;
  /** What goes into state: what was made of a secret, such as an id with a secret name in it, is a secret as well. */
  mark(properties: Properties, from: Properties): Properties;
}

const ofContext = new WeakMap<Context, { context: Context; secrets: Secrets }>();

/** The secrets of a run, and its context, whose warnings do not tell them, and tell each thing once. */
export function hidingSecrets(context: Context): { context: Context; secrets: Secrets } {
  const known = ofContext.get(context);
  if (known) return known;
  const secrets = createSecrets();
  // The engine checks a resource twice that it replaces, and several resources may find the same about one vault.
  const { warned } = context.run;
  const warn = async (message: string) => {
    const shown = secrets.hide(message);
    if (warned.has(shown)) return;
    warned.add(shown);
    await context.warn(shown);
  };
  const kept = { context: { ...context, warn }, secrets };
  ofContext.set(context, kept);
  return kept;
}

function createSecrets(): Secrets {
  const texts = new Set<string>();
  const words = new Set<string>();
  let patterns: { texts?: RegExp; words?: RegExp } = {};

  const without = (text: string, pattern: RegExp | undefined) => (pattern ? text.replace(pattern, hiddenText) : text);
  const hide = (text: string) => without(without(text, patterns.texts), patterns.words).replace(guess, "$1.");

  function hideIn(value: unknown): unknown {
    if (typeof value === "string") return hide(value);
    if (Array.isArray(value)) return value.map(hideIn);
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value);
    return Object.fromEntries(entries.map(([name, each]) => [name, ours.includes(name) ? each : hideIn(each)]));
  }

  /** What stands at a secret path itself is marked by the engine. */
  function markRest(value: unknown, path: string[], isSecret: (path: string[]) => boolean): unknown {
    if (isSecret(path)) return value;
    if (typeof value === "string") return without(value, patterns.texts) === value ? value : secretMark(value);
    if (Array.isArray(value)) return value.map((each, index) => markRest(each, [...path, String(index)], isSecret));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [name, markRest(each, [...path, name], isSecret)]),
    );
  }

  return {
    learn(...properties) {
      const before = texts.size + words.size;
      for (const path of properties.flatMap(pathsOf)) {
        for (const { name, text } of properties.flatMap((each) => textsAt(each, path))) {
          (choices.has(name) ? words : texts).add(text);
        }
      }
      if (texts.size + words.size > before) patterns = patternsOf([...texts], [...words]);
    },
    hide,
    hideIn: <T>(value: T) => (texts.size + words.size > 0 ? (hideIn(value) as T) : value),
    mark(properties, from) {
      const paths = pathsOf(from);
      if (texts.size + words.size === 0) return properties;
      const keys = new Set(paths.map((path) => JSON.stringify(path)));
      const marked = markRest(properties, [], (path) => keys.has(JSON.stringify(path))) as Properties;
      return paths.length > 0 ? { ...marked, [secretsProperty]: paths } : marked;
    },
  };
}

function pathsOf(properties: Properties): string[][] {
  const paths = properties[secretsProperty];
  if (!Array.isArray(paths)) return [];
  return paths.filter((path) => Array.isArray(path)).map((path) => path.map(String));
}

/** All texts at a path and below it, each with the name of its argument. */
function textsAt(value: unknown, path: string[], name = ""): { name: string; text: string }[] {
  const [first, ...rest] = path;
  if (typeof value === "object" && value !== null) {
    const inner = (key: string) => (Array.isArray(value) ? name : key);
    if (first !== undefined) return textsAt((value as Properties)[first], rest, inner(first));
    // Messages name a tag by its path. Of a secret object of tags, the names are secret too.
    const paths = name === "tags" ? Object.keys(value).map((key) => ({ name: key, text: `tags.${key}` })) : [];
    return [...paths, ...Object.entries(value).flatMap(([key, each]) => textsAt(each, [], inner(key)))];
  }
  if (path.length > 0 || isUnknown(value) || value === "") return [];
  if (typeof value !== "number" && typeof value !== "string") return [];
  return [`${value}`, ...partsOf(`${value}`)].map((text) => ({ name, text }));
}

/** Messages take apart what names a key or a resource: the names in it are as secret as the whole. */
function partsOf(text: string): string[] {
  if (/^\/subscriptions\//i.test(text)) {
    // Types and names take turns, with the provider's namespace at the sixth place.
    return text.split("/").filter((part, index) => part && index > 0 && index % 2 === 0 && index !== 6);
  }
  if (/^https:\/\//i.test(text)) {
    const [, , host = "", ...path] = text.split("/");
    return [host, host.split(":")[0] ?? "", host.split(".")[0] ?? "", ...path].filter(
      (part) => part && part !== "keys",
    );
  }
  return [];
}

/** A suggestion for a misspelt secret would tell what it resembles. */
const guess = /("\[secret\]"); did you mean [^?]*\?/g;

/** What this package itself says, by words that may be a secret's too. */
const ours = ["code", "handler"];

/**
 * Arguments that take one of Azure's words, such as `Locked`: that is a part of other words as well, and hidden only where it
 * stands by itself. What this list lacks is hidden everywhere.
 */
const choices = new Set([
  "redundancy",
  "datastoreType",
  "state",
  "enhancedSecurityState",
  "retentionDurationInDays",
  "durationInDays",
  "type",
  "immutability",
  "crossRegionRestore",
  "crossSubscriptionRestore",
  "publicNetworkAccess",
  "costManagementGranularity",
  "infrastructureEncryption",
  "alertsForAllJobFailures",
  "alertsForAllReplicationIssues",
  "alertsForAllFailoverIssues",
  "alertsForCriticalOperations",
  "emailNotificationsForSiteRecovery",
  "scope",
]);

function patternsOf(texts: string[], words: string[]): { texts?: RegExp; words?: RegExp } {
  const alone = words.map((word) => `(?<![\\w-])${literal(word)}(?![\\w-])`);
  return {
    ...(texts.length > 0 && { texts: new RegExp(anyOf(texts), "gi") }),
    ...(alone.length > 0 && { words: new RegExp(alone.join("|"), "g") }),
  };
}

/** As it is, in a URL or in JSON. The longest first: a name may begin with another. */
function anyOf(texts: string[]): string {
  const spellings = texts.flatMap((text) => [text, encodeURIComponent(text), JSON.stringify(text).slice(1, -1)]);
  return [...new Set(spellings)]
    .sort((a, b) => b.length - a.length)
    .map((text) => `${/^\w/.test(text) ? "(?<!\\w)" : ""}${literal(text)}${/\w$/.test(text) ? "(?!\\w)" : ""}`)
    .join("|");
}

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
