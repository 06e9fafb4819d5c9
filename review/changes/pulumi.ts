import { PreviewError } from "./json.js";
import {
  type Diagnostic,
  fields,
  type IsWanted,
  type PlannedChange,
  type Preview,
  type Reader,
} from "./plannedChange.js";
import { diagnosticFrom, type Step, stepFrom } from "./pulumiStep.js";

/**
 * Reads the output of `pulumi preview --json`: one document or, with PULUMI_ENABLE_STREAMING_JSON_PREVIEW, events.
 */
export function pulumiReader(isWanted: IsWanted): Reader {
  const steps: Step[] = [];
  const errors: Diagnostic[] = [];
  let config: Record<string, unknown> = {};
  let names: { stack?: string; project?: string } = {};
  let count = 0;
  let isPreview = false;
  // A document is one object, so its end is visible. Events are complete only with an end event.
  let isEvents = false;
  let hasEnded = false;

  function add(value: unknown): void {
    const step = stepFrom(value);
    if (!step) throw new PreviewError("A step has no operation or no URN, so this version does not know the format.");
    const [, stack, project] = /^urn:pulumi:(.+?)::(.+?)::/.exec(step.urn) ?? [];
    names = { stack: names.stack ?? stack, project: names.project ?? project };
    if (step.type !== "pulumi:pulumi:Stack") count += 1;
    if (isWanted(step)) steps.push(step);
  }
  function addDiagnostic(value: unknown): void {
    const diagnostic = diagnosticFrom(value);
    if (diagnostic.severity === "error") errors.push(diagnostic);
  }
  const parts: Record<string, (value: unknown) => void> = {
    steps: add,
    resourcePreEvent(value) {
      isEvents = true;
      add(fields(value).metadata);
    },
    diagnostics: addDiagnostic,
    diagnosticEvent: addDiagnostic,
    config(value) {
      config = fields(value);
    },
    preludeEvent(value) {
      isEvents = true;
      config = fields(fields(value).config);
    },
    changeSummary() {},
    duration() {},
    summaryEvent() {
      hasEnded = true;
    },
    cancelEvent() {
      hasEnded = true;
    },
  };

  return {
    count: () => count,
    take(name, value) {
      if (!Object.hasOwn(parts, name)) return;
      isPreview = true;
      parts[name]?.(value);
    },
    end(): Preview | undefined {
      if (!isPreview) return undefined;
      if (isEvents && !hasEnded) {
        throw new PreviewError("It has no end event, so it may not show all changes.");
      }
      return { ...names, changes: plannedChanges(steps), others: count - steps.length, errors, config };
    },
  };
}

/** https://github.com/pulumi/pulumi/blob/master/sdk/go/common/display/events.go */
const actions: Record<string, PlannedChange["action"]> = {
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

/** The engine can plan several steps for one resource. */
function plannedChanges(steps: readonly Step[]): PlannedChange[] {
  const byUrn = Map.groupBy(steps, ({ urn }) => urn);
  return [...byUrn].map(([urn, those]) => {
    const ops = those.map(({ op }) => op);
    return {
      address: urn,
      name: those[0]?.name ?? "",
      type: those[0]?.type ?? "",
      action: mostSevere(ops.map((op) => (Object.hasOwn(actions, op) ? (actions[op] ?? "unknown") : "unknown"))),
      operation: ops.join(", "),
      isCreatedFirst: isCreatedFirst(ops),
      old: those.find((step) => step.old)?.old,
      new: those.findLast((step) => step.new)?.new,
      replaceReasons: [...new Set(those.flatMap(({ replaceReasons }) => replaceReasons))],
    };
  });
}

function mostSevere(all: PlannedChange["action"][]): PlannedChange["action"] {
  const order = ["unknown", "replace", "delete", "update", "create"] as const;
  return order.find((each) => all.includes(each)) ?? "nothing";
}

/** A resource that is deleted before its replacement is deleted before anything else is created. */
function isCreatedFirst(ops: string[]): boolean {
  const deleted = ops.indexOf("delete-replaced");
  const created = ops.indexOf("create-replacement");
  return deleted === -1 || (created !== -1 && created < deleted);
}
