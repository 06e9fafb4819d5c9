import type { State, Step } from "./preview/step.js";

/** What the engine means to do to one resource. Its steps are one thing to the reader. */
export interface Planned {
  urn: string;
  type: string;
  does: "create" | "update" | "replace" | "delete" | "nothing" | "unknown";
  /** The operations as the preview names them. */
  ops: string[];
  old?: State;
  new?: State;
  replaceReasons: string[];
}

/** https://github.com/pulumi/pulumi/blob/master/sdk/go/common/display/events.go */
const ops: Record<string, Planned["does"]> = {
  create: "create",
  update: "update",
  delete: "delete",
  replace: "replace",
  "create-replacement": "replace",
  "import-replacement": "replace",
  "delete-replaced": "delete",
  // Azure sees nothing of these.
  same: "nothing",
  import: "nothing",
  read: "nothing",
  "read-replacement": "nothing",
  "read-discard": "nothing",
  discard: "nothing",
  "discard-replaced": "nothing",
  refresh: "nothing",
  "remove-pending-replace": "nothing",
};

/** In the order in which the preview comes to each resource. */
export function plannedIn(steps: readonly Step[]): Planned[] {
  const byUrn = Map.groupBy(steps, ({ urn }) => urn);
  return [...byUrn].map(([urn, those]) => ({
    urn,
    type: those[0]?.type ?? "",
    does: gravest(those.map(({ op }) => (Object.hasOwn(ops, op) ? (ops[op] ?? "unknown") : "unknown"))),
    ops: those.map(({ op }) => op),
    old: those.find((step) => step.old)?.old,
    new: those.findLast((step) => step.new)?.new,
    replaceReasons: [...new Set(those.flatMap(({ replaceReasons }) => replaceReasons))],
  }));
}

function gravest(does: Planned["does"][]): Planned["does"] {
  const order = ["unknown", "replace", "delete", "update", "create"] as const;
  return order.find((each) => does.includes(each)) ?? "nothing";
}
