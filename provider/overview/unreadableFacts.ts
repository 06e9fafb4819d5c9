import { type FactName, type Facts, factNouns } from "../rules/index.js";
import type { Unreadable } from "./vaultOverview.js";

/** The facts that could not be read, each with its reason. */
export const unreadableFacts = (facts: Facts): Unreadable[] =>
  Object.entries(facts).flatMap(([name, fact]) =>
    "unreadable" in fact ? [{ what: factNouns[name as FactName], why: fact.unreadable }] : [],
  );
