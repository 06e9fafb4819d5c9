import { hidesDifference } from "./hiddenDifference.js";
import { endOfObject, PreviewError } from "./json.js";
import { type Diagnostic, fields, type IsWanted, type Preview, type Reader } from "./plannedChange.js";
import { plannedChanges } from "./pulumiChanges.js";
import { diagnosticFrom, type Step, stepFrom } from "./pulumiStep.js";

/**
 * Reads the output of `pulumi preview --json`: one document or, with PULUMI_ENABLE_STREAMING_JSON_PREVIEW, events.
 */
export function pulumiReader(isWanted: IsWanted): Reader {
  const steps: Step[] = [];
  // The engine may plan several steps for one resource.
  const others = new Set<string>();
  const errors: Diagnostic[] = [];
  let config: Record<string, unknown> = {};
  let names: { stack?: string; project?: string } = {};
  let count = 0;
  let changes = 0;
  // A document is one object, so its end is visible. Events are complete only with an end event.
  const seen = { document: false, plan: false, events: 0, summaries: 0, documents: 0, isOver: false };

  function add(value: unknown): void {
    const step = stepFrom(value);
    if (!step) throw new PreviewError("A step has no operation or no URN, so this version does not know the format.");
    if (names.stack === undefined) {
      const [, stack, project] = /^urn:pulumi:(.+?)::(.+?)::/.exec(step.urn) ?? [];
      names = { stack, project };
    }
    count += 1;
    if (isWanted(step)) steps.push(hidesDifference(value, step) ? { ...step, hidesDifference: true } : step);
    else if (step.op !== "same" && step.type !== "pulumi:pulumi:Stack") others.add(step.urn);
  }
  function addDiagnostic(value: unknown): void {
    const diagnostic = diagnosticFrom(value);
    if (diagnostic.severity === "error") errors.push(diagnostic);
  }
  function addEvent(value: unknown): void {
    if (seen.isOver) throw new PreviewError(severalPreviews);
    seen.events += 1;
    add(fields(value).metadata);
  }
  const parts: Record<string, (value: unknown) => void> = {
    steps(value) {
      seen.document = true;
      add(value);
    },
    resourcePreEvent: addEvent,
    diagnostics(value) {
      seen.document = true;
      addDiagnostic(value);
    },
    diagnosticEvent: addDiagnostic,
    config(value) {
      config = fields(value);
    },
    preludeEvent(value) {
      if (seen.isOver) throw new PreviewError(severalPreviews);
      seen.events += 1;
      config = fields(fields(value).config);
    },
    changeSummary(value) {
      seen.document = true;
      changes = Object.entries(fields(value)).filter(([op, number]) => op !== "same" && number !== 0).length;
    },
    summaryEvent() {
      seen.isOver = true;
      seen.summaries += 1;
    },
    cancelEvent() {
      seen.isOver = true;
    },
    resourcePlans() {
      seen.plan = true;
    },
    [endOfObject]() {
      if (seen.plan) throw new PreviewError(updatePlan);
      if (seen.document) seen.documents += 1;
      seen.document = false;
    },
  };

  return {
    count: () => count,
    take(name, value) {
      // A what-if has diagnostics of another form.
      if (name === "diagnostics" && fields(value).severity === undefined) return;
      if (Object.hasOwn(parts, name)) parts[name]?.(value);
    },
    end(): Preview | undefined {
      const { events, documents, summaries, isOver } = seen;
      if (events === 0 && documents === 0) return undefined;
      if (documents > 1 || summaries > 1 || (events > 0 && documents > 0)) throw new PreviewError(severalPreviews);
      if (events > 0 && !isOver) throw new PreviewError("It has no end event, so it may not show all changes.");
      if (documents > 0 && changes > 0 && count === 0) {
        throw new PreviewError("Its summary has changes, but it has no steps.");
      }
      return { tool: "pulumi", ...names, changes: plannedChanges(steps), others: others.size, errors, config };
    },
  };
}

const severalPreviews = "It has several previews. Review each of them on its own.";

const updatePlan =
  "It is an update plan (`pulumi preview --save-plan`), which does not show the resources' states. " +
  "Use the output of `pulumi preview --json`.";
