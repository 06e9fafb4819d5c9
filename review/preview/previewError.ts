/** What was given is no preview, or not all of one. */
export class PreviewError extends Error {
  override readonly name = "PreviewError";
}

export const isPreviewError = (error: unknown): error is PreviewError =>
  (error as Error | undefined)?.name === "PreviewError";
