import type { State, Step } from "./preview/step.js";

/** What the engine plans for one resource, from all its steps. */
export interface PlannedChange {
  urn: string;
  type: string;
  action: "create" | "update" | "replace" | "delete" | "nothing" | "unknown";
  /** The operations that the preview names. */
  ops: string[];
  old?: State;
  new?: State;
  replaceReasons: string[];
}

/** https://github.com/pulumi/pulumi/blob/master/sdk/go/common/display/events.go */
const ops: Record<string, PlannedChange["action"]> = {
  create: "create",
  update: "update",
  delete: "delete",
  replace: "replace",
  "create-replacement": "replace",
  "import-replacement": "replace",
  "delete-replaced": "delete",
  // These change nothing in Azure.
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

/** In the order in which the resources appear in the preview. */
export function plannedChanges(steps: readonly Step[]): PlannedChange[] {
  const byUrn = Map.groupBy(steps, ({ urn }) => urn);
  return [...byUrn].map(([urn, those]) => ({
    urn,
    type: those[0]?.type ?? "",
    action: mostSevere(those.map(({ op }) => (Object.hasOwn(ops, op) ? (ops[op] ?? "unknown") : "unknown"))),
    ops: those.map(({ op }) => op),
    old: those.find((step) => step.old)?.old,
    new: those.findLast((step) => step.new)?.new,
    replaceReasons: [...new Set(those.flatMap(({ replaceReasons }) => replaceReasons))],
  }));
}

function mostSevere(actions: PlannedChange["action"][]): PlannedChange["action"] {
  const order = ["unknown", "replace", "delete", "update", "create"] as const;
  return order.find((each) => actions.includes(each)) ?? "nothing";
}
