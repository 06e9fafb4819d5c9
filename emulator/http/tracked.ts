import type { Shape } from "./shape.js";

/** What every resource with a location has. */
export const tracked = { location: "string", tags: { "*": "string" } } satisfies Shape;
