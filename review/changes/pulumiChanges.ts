import { missingArguments, type PlannedChange } from "./plannedChange.js";
import type { Step } from "./pulumiStep.js";

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
  "remove-pending-replace": "nothing",
};

const actionOf = (op: string): PlannedChange["action"] =>
  Object.hasOwn(actions, op) ? (actions[op] ?? "unknown") : "unknown";

/** The engine can plan several steps for one resource, and besides delete what an earlier run has left of it. */
export function plannedChanges(steps: readonly Step[]): PlannedChange[] {
  const changes: PlannedChange[] = [];
  // What an earlier run left is deleted at the end, but what goes because its dependency is replaced, before that.
  const lastWrite = steps.findLastIndex(({ op }) => /^(create|update|create-replacement)$/.test(op));
  const isLast = (step: Step) => steps.indexOf(step) > lastWrite;
  for (const all of Map.groupBy(steps, ({ urn }) => urn).values()) {
    // A refresh comes first. Its own state before it is out of date, and the step that follows has the one after it.
    const planned = all.filter(({ op }) => op !== "refresh");
    const exchanged = planned.some(({ op }) => isExchange(op)) ? planned.find(({ op }) => op === "replace") : undefined;
    const rest = exchanged ? stepsOfSuccessor(planned, exchanged) : planned;
    const pending = pendingDeletions(rest);
    const current = rest.filter((step) => !pending.includes(step));
    if (current.length > 0) changes.push(changeOf(current));
    if (exchanged) changes.push({ ...changeOf([{ ...exchanged, op: "delete", new: undefined }]), note: givenUp });
    for (const step of pending) {
      changes.push({ ...changeOf([step]), ...(isLast(step) && { isCreatedFirst: true, note: leftBehind }) });
    }
  }
  return changes;
}

const leftBehind =
  "An earlier run replaced this resource and did not delete the old one. The next `pulumi up` deletes it.";

const givenUp =
  "The program imports or reads another resource in its place, and the next `pulumi up` deletes this one.";

/**
 * Another resource that exists takes the place of one that is deleted. The engine calls it a replacement, although nothing is
 * created. https://github.com/pulumi/pulumi/blob/master/pkg/resource/deploy/step_generator.go
 */
const isExchange = (op: string): boolean => op === "import-replacement" || op === "read-replacement";

const stepsOfSuccessor = (steps: readonly Step[], exchanged: Step): Step[] =>
  steps
    .filter(({ old }) => old?.id !== exchanged.old?.id)
    .map((step) => (isExchange(step.op) ? { ...step, op: step.op.replace("-replacement", "") } : step));

/** Copies of a resource that an earlier run replaced and did not delete. They have the URN of the current one. */
function pendingDeletions(steps: readonly Step[]): Step[] {
  const deletions = steps.filter(({ op }) => op === "delete-replaced");
  const replacing = steps.find(({ op }) => actionOf(op) === "replace");
  if (!replacing) return deletions;
  const replaced = deletions.find(({ old }) => old?.id === replacing.old?.id);
  return deletions.filter((step) => step !== replaced);
}

function changeOf(steps: readonly Step[]): PlannedChange {
  const [first] = steps;
  const ops = steps.map(({ op }) => op);
  const action = mostSevere(ops.map(actionOf));
  const withNew = steps.findLast((step) => step.new);
  const withOld = steps.find((step) => step.old);
  const [next, old] = [withNew?.new, withOld?.old];
  const { position } = withNew ?? withOld ?? {};
  const unchecked = missingArguments({ action, old, new: next }, "pulumi preview --json");
  return {
    address: first?.urn ?? "",
    name: first?.name ?? "",
    type: first?.type ?? "",
    action,
    operation: ops.join(", "),
    // Terraform deletes first, unless a resource says otherwise.
    isCreatedFirst: !first?.isInModule && isCreatedFirst(ops),
    ...(unchecked !== undefined && { unchecked }),
    ...(steps.some(({ hidesDifference }) => hidesDifference) && { hidesDifference: true }),
    ...(old && { old }),
    ...(next && { new: next }),
    replaceReasons: [...new Set(steps.flatMap(({ replaceReasons }) => replaceReasons))],
    ...(position && { position }),
  };
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
