/** What to connect to Azure with is incomplete or contradicts itself. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
  readonly accepted = false;

  constructor(readonly problems: readonly string[]) {
    super(`Cannot connect to Azure: ${problems.join(" ")}`);
    this.stack = "";
  }
}

export const isSettingsError = (error: unknown): error is SettingsError =>
  (error as Error | undefined)?.name === "SettingsError";
