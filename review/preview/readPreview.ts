import { PreviewError } from "./previewError.js";
import { type Diagnostic, diagnosticFrom, fields, type Step, stepFrom } from "./step.js";
import { topLevelValues } from "./topLevelValues.js";

/** What a review needs of a preview. */
export interface Preview {
  /** The stack's and the project's name, where a step says them. */
  stack?: string;
  project?: string;
  /** Those that were asked for. */
  steps: Step[];
  /** How many there were in all. */
  stepCount: number;
  errors: Diagnostic[];
  /** The stack's configuration, where the preview shows it. Secrets are hidden. */
  config: Record<string, unknown>;
}

/**
 * Reads what `pulumi preview --json` writes, whole or, with PULUMI_ENABLE_STREAMING_JSON_PREVIEW, event by event.
 *
 * @param isWanted which types to keep: the rest is counted
 * @throws PreviewError where it is no preview, or not all of one
 */
export async function readPreview(
  text: AsyncIterable<string | Uint8Array>,
  isWanted: (type: string) => boolean,
  onSteps: (count: number) => void = () => {},
): Promise<Preview> {
  const preview: Preview = { steps: [], stepCount: 0, errors: [], config: {} };
  let isPreview = false;
  // The digest is one object, which is whole or not; events only end with one that says so.
  let isEvents = false;
  let hasEnded = false;
  const add = (value: unknown) => {
    const step = stepFrom(value);
    if (!step) throw new PreviewError("A step of it has no operation or no URN: this version does not know its form.");
    const [, stack, project] = /^urn:pulumi:(.+?)::(.+?)::/.exec(step.urn) ?? [];
    preview.stack ??= stack;
    preview.project ??= project;
    preview.stepCount += 1;
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
    throw new PreviewError("It is JSON, but nothing in it is a preview's: `pulumi preview --json` writes one.");
  }
  if (isEvents && !hasEnded) {
    throw new PreviewError("It has no end: the preview was cut off, so there may be changes that it does not show.");
  }
  return preview;
}

function keepError({ errors }: Preview, diagnostic: Diagnostic): void {
  if (diagnostic.severity === "error") errors.push(diagnostic);
}
