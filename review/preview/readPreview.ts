import { type Diagnostic, diagnosticFrom, fields, type Step, stepFrom } from "./step.js";
import { PreviewError, topLevelValues } from "./topLevelValues.js";

/** The parts of a preview that a review needs. */
export interface Preview {
  /** The names of the stack and the project, from the first step. */
  stack?: string;
  project?: string;
  /** The steps about wanted types. */
  steps: Step[];
  /** The number of all steps, without the one of the stack itself. */
  stepCount: number;
  errors: Diagnostic[];
  /** The stack's configuration, if the preview shows it. Secrets are hidden. */
  config: Record<string, unknown>;
}

/**
 * Reads the output of `pulumi preview --json`: one document or, with PULUMI_ENABLE_STREAMING_JSON_PREVIEW, events.
 *
 * @param isWanted which types to keep; other steps are only counted
 * @throws PreviewError if it is not a preview, or not a complete one
 */
export async function readPreview(
  text: AsyncIterable<string | Uint8Array>,
  isWanted: (type: string) => boolean,
  onSteps: (count: number) => void = () => {},
): Promise<Preview> {
  const preview: Preview = { steps: [], stepCount: 0, errors: [], config: {} };
  let isPreview = false;
  // A document is one object, so its end is visible. Events are complete only with an end event.
  let isEvents = false;
  let hasEnded = false;
  const add = (value: unknown) => {
    const step = stepFrom(value);
    if (!step) throw new PreviewError("A step has no operation or no URN, so this version does not know the format.");
    const [, stack, project] = /^urn:pulumi:(.+?)::(.+?)::/.exec(step.urn) ?? [];
    preview.stack ??= stack;
    preview.project ??= project;
    if (step.type !== "pulumi:pulumi:Stack") preview.stepCount += 1;
    if (isWanted(step.type)) preview.steps.push(step);
  };
  for await (const parts of topLevelValues(text)) {
    for (const { name, value } of parts) {
      switch (name) {
        case "steps":
          add(value);
          break;
        case "resourcePreEvent":
          isEvents = true;
          add(fields(value).metadata);
          break;
        case "diagnostics":
        case "diagnosticEvent":
          keepError(preview, diagnosticFrom(value));
          break;
        case "config":
          preview.config = fields(value);
          break;
        case "preludeEvent":
          isEvents = true;
          preview.config = fields(fields(value).config);
          break;
        case "changeSummary":
        case "duration":
          break;
        case "summaryEvent":
        case "cancelEvent":
          hasEnded = true;
          break;
        default:
          continue;
      }
      isPreview = true;
    }
    onSteps(preview.stepCount);
  }
  if (!isPreview) {
    throw new PreviewError("It is JSON, but not a preview. Use the output of `pulumi preview --json`.");
  }
  if (isEvents && !hasEnded) {
    throw new PreviewError("It has no end event, so it may not show all changes.");
  }
  return preview;
}

function keepError({ errors }: Preview, diagnostic: Diagnostic): void {
  if (diagnostic.severity === "error") errors.push(diagnostic);
}
