import type { Context } from "./context.js";
import { isUnknown } from "./unknowns.js";

type Properties = Record<string, unknown>;

/**
 * The argument by which a resource class names the arguments that the engine keeps secret, as paths. Pulumi's dynamic
 * provider host hands every value over in clear and does not say which are secret. The engine does not show properties
 * that begin with two underscores.
 */
export const secretsProperty = "__secrets";

/** Takes the place of a secret in a text, as in Pulumi's own output. */
export const hiddenText = "[secret]";

/** https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/sig.go */
const asSecret = (value: unknown) => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  value,
});

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

/** The secrets of a run, and its context, whose warnings do not tell them. */
export function keepingSecrets(context: Context): { context: Context; secrets: Secrets } {
  const known = ofContext.get(context);
  if (known) return known;
  const secrets = createSecrets();
  const kept = { context: { ...context, warn: (message: string) => context.warn(secrets.hide(message)) }, secrets };
  ofContext.set(context, kept);
  return kept;
}

function createSecrets(): Secrets {
  const texts = new Set<string>();
  let patterns: RegExp[] = [];

  const hide = (text: string) => patterns.reduce((left, pattern) => left.replace(pattern, hiddenText), text);

  function hideIn(value: unknown): unknown {
    if (typeof value === "string") return hide(value);
    if (Array.isArray(value)) return value.map(hideIn);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, hideIn(each)]));
  }

  /** What stands at a secret path itself is marked by the engine. */
  function markRest(value: unknown, path: string[], isSecret: (path: string[]) => boolean): unknown {
    if (isSecret(path)) return value;
    if (typeof value === "string") return hide(value) === value ? value : asSecret(value);
    if (Array.isArray(value)) return value.map((each, index) => markRest(each, [...path, String(index)], isSecret));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [name, markRest(each, [...path, name], isSecret)]),
    );
  }

  return {
    learn(...properties) {
      const paths = properties.flatMap(pathsOf);
      const before = texts.size;
      for (const path of paths) {
        for (const each of properties) for (const text of textsAt(each, path)) texts.add(text);
      }
      if (texts.size > before) patterns = patternsOf([...texts]);
    },
    hide,
    hideIn: <T>(value: T) => (texts.size > 0 ? (hideIn(value) as T) : value),
    mark(properties, from) {
      const paths = pathsOf(from);
      if (texts.size === 0) return properties;
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

/** All texts at a path and below it. */
function textsAt(value: unknown, path: string[]): string[] {
  const [first, ...rest] = path;
  if (typeof value === "object" && value !== null) {
    if (first !== undefined) return textsAt((value as Properties)[first], rest);
    return Object.values(value).flatMap((each) => textsAt(each, []));
  }
  if (path.length > 0 || isUnknown(value) || value === "") return [];
  if (typeof value === "number") return [String(value)];
  return typeof value === "string" ? [value, ...partsOf(value)] : [];
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

/** Below this length a text is a word of other sentences too, such as "On": then only in the same spelling. */
const shortest = 4;

function patternsOf(texts: string[]): RegExp[] {
  const [long, short] = [
    texts.filter(({ length }) => length >= shortest),
    texts.filter(({ length }) => length < shortest),
  ];
  return [
    ...(long.length > 0 ? [new RegExp(anyOf(long), "gi")] : []),
    ...(short.length > 0 ? [new RegExp(anyOf(short), "g")] : []),
  ];
}

/** As it is, in a URL or in JSON. The longest first: a name may begin with another. */
function anyOf(texts: string[]): string {
  const spellings = texts.flatMap((text) => [text, encodeURIComponent(text), JSON.stringify(text).slice(1, -1)]);
  return [...new Set(spellings)]
    .sort((a, b) => b.length - a.length)
    .map((text) => {
      const literal = text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
      return `${/^\w/.test(text) ? "(?<!\\w)" : ""}${literal}${/\w$/.test(text) ? "(?!\\w)" : ""}`;
    })
    .join("|");
}
