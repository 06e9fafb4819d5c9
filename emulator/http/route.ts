import type { Operation } from "./operation.js";

export interface Route {
  operation: Operation;
  params: Record<string, string>;
}

export type Router = (method: string, path: string) => Route | undefined;

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
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, decode(value)]));
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
