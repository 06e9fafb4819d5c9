import { cancelled } from "./deadline.js";

/** No response: the network, a proxy, a certificate. */
export class ConnectionError extends Error {
  override readonly name = "ConnectionError";

  /**
   * @param code the network's code, such as `ECONNRESET`
   * @param accepted a write was sent, and only its response is missing: Azure may have carried it out
   */
  constructor(
    message: string,
    readonly code: string,
    readonly accepted: boolean,
  ) {
    super(message);
    this.stack = "";
  }
}

export const isConnectionError = (error: unknown): error is ConnectionError =>
  (error as Error | undefined)?.name === "ConnectionError";

/** What came as the response is not what the request asks for: from a proxy, or from an Azure that has gone wrong. */
export class UnexpectedResponse extends Error {
  override readonly name = "UnexpectedResponse";

  /**
   * @param operation such as `GET backupVaults/payroll`
   * @param found such as `HTTP 204 with no body instead of a Backup vault`
   * @param accepted Azure has carried out the write that this is about, or may have
   */
  constructor(
    readonly operation: string,
    found: string,
    readonly accepted: boolean,
  ) {
    super(
      `The response to ${operation} cannot be used: ${found}. ` +
        (accepted
          ? "The write may have been carried out; its outcome is unknown. "
          : "This request changed nothing. ") +
        "Run the command again. If this happens again, check the proxy (HTTPS_PROXY, NO_PROXY) and metadataHost " +
        "(ARM_METADATA_HOSTNAME).",
    );
    this.stack = "";
  }
}

export const isUnexpectedResponse = (error: unknown): error is UnexpectedResponse =>
  (error as Error | undefined)?.name === "UnexpectedResponse";

/** Azure's response points to another host. A token goes only to the host it is for, so nothing is sent there. */
export class ForeignHostError extends Error {
  override readonly name = "ForeignHostError";

  /** @param accepted the response was to a write that Azure has accepted */
  constructor(
    operation: string,
    expected: string,
    found: string,
    readonly accepted: boolean,
  ) {
    super(
      `The response to ${operation} points to ${found} instead of ${expected}, so nothing was sent there. ` +
        "Check metadataHost (ARM_METADATA_HOSTNAME) and the proxy (HTTPS_PROXY, NO_PROXY).",
    );
    this.stack = "";
  }
}

export const isForeignHostError = (error: unknown): error is ForeignHostError =>
  (error as Error | undefined)?.name === "ForeignHostError";

/** The deadline passed. Where Azure has accepted the operation, it goes on without us. */
export class OperationTimeout extends Error {
  override readonly name = "OperationTimeout";
  /** Where Azure tells how the operation goes on. Signed, so it stands in no message. */
  declare readonly operationUrl?: string;

  constructor(
    /** Such as `PUT backupVaults/payroll`. */
    readonly operation: string,
    readonly resourceId: string,
    /** Azure has accepted the operation, or may have: its response did not come in time. */
    readonly accepted: boolean,
    operationUrl?: string,
  ) {
    super(
      operationUrl === undefined
        ? `${operation} got no response from Azure before ${cancelled.aborted ? "the run was cancelled." : "its deadline. Check the connection, or raise `timeouts`."}`
        : `Azure accepted ${operation} and is still working on ${resourceId}. The operation continues in Azure: ` +
            `run the program again later${cancelled.aborted ? "" : ", or raise `timeouts`"}.`,
    );
    this.stack = "";
    Object.defineProperty(this, "operationUrl", { value: operationUrl, enumerable: false });
  }
}

export const isOperationTimeout = (error: unknown): error is OperationTimeout =>
  (error as Error | undefined)?.name === "OperationTimeout";

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

/** There is no key vault, or Managed HSM, of that name: anybody could take the name. */
export class NoKeyStore extends Error {
  override readonly name = "NoKeyStore";
}

export const isNoKeyStore = (error: unknown): error is NoKeyStore =>
  (error as Error | undefined)?.name === "NoKeyStore";

/** May the write that ended with this error have had an effect? Only an error that is sure of the opposite says no. */
export const wasAccepted = (error: unknown): boolean =>
  (error as { accepted?: unknown } | undefined)?.accepted !== false;
