/** No token: Azure could not be asked at all. */
export class CredentialError extends Error {
  override readonly name = "CredentialError";
  readonly accepted = false;

  /** @param code Entra's code, such as `AADSTS7000215`, where it gave one */
  constructor(
    message: string,
    readonly code?: string,
  ) {
    super(message);
    this.stack = "";
  }
}

export const isCredentialError = (error: unknown): error is CredentialError =>
  (error as Error | undefined)?.name === "CredentialError";
