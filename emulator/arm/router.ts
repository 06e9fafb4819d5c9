import { ArmError } from "./armError.js";
import type { Operation } from "./operation.js";

interface Route {
  operation: Operation;
  params: Record<string, string>;
}

type Router = (method: string, path: string) => Route | undefined;

/** Finds the operation of a path. Azure's paths are the same in any case; the parameters keep the caller's. */
export function router(operations: readonly Operation[]): Router {
  const routes = operations.map((operation) => ({ operation, pattern: patternOf(operation.path) }));
  return (method, path) => {
    for (const { operation, pattern } of routes) {
      if (operation.method !== method) continue;
      const match = pattern.exec(path);
      if (match !== null) return { operation, params: decoded(match.groups ?? {}) };
    }
    return undefined;
  };
}

function patternOf(template: string): RegExp {
  const source = template
    .split(/\{(\w+)\}/)
    .map((part, index) => {
      if (index % 2 === 0) return part.replace(/[.$()*+?^|[\]\\]/g, "\\$&");
      // A scope is itself a path: of a subscription, a group or a resource.
      return part === "scope" ? "(?<scope>.+?)" : `(?<${part}>[^/]+)`;
    })
    .join("");
  return new RegExp(`^${source}/?$`, "i");
}

function decoded(params: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, name === "scope" ? decode(value) : nameOf(value)]),
  );
}

/** A name is one part of a path, and no way out of it. */
function nameOf(text: string): string {
  const name = decode(text);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  if (!/[/\\\x00-\x1f\x7f]/.test(name) && name !== "." && name !== "..") return name;
  throw invalidName(text);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw invalidName(text);
  }
}

function invalidName(text: string): ArmError {
  const message = `The name '${text}' in the path of the request is invalid. Azure's own code for this is not documented.`;
  return new ArmError(400, "EmulatorUnverifiedResourceNameInvalid", message);
}
