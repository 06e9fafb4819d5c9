import type { Shape } from "./shapes.js";

/** One kind of what is read from Azure: all that an answer has to be to count as one. */
export interface Kind<T> {
  /** As messages call it: `a Backup vault`. */
  noun: string;
  shape: Shape<T>;
  /** Azure's codes, beside Resource Manager's own, by which one of this kind is not there. */
  notFound?: readonly string[];
  /** A list at a scope also shows what is above it. */
  isInherited?: boolean;
}
