import { isArmError, readArmError } from "../http/armError.js";
import { type OperationOptions, pause, remainingMs } from "../http/deadline.js";
import { readErrorBody } from "../http/errorBody.js";
import { isOperationTimeout, OperationTimeout } from "../http/errors.js";
import type { HttpResponse } from "../http/http.js";
import { retryAfterMs } from "../http/send.js";
import { shaped } from "../reading/responses.js";
import { object, optional, text } from "../reading/shapes.js";
import { type ArmClient, type ArmRequest, operationName } from "./armClient.js";
import { missing } from "./reads.js";

/** A write that Azure has accepted, and is perhaps still working on. */
export interface Accepted {
  /** Such as `PUT backupVaults/payroll`. */
  operation: string;
  resourceId: string;
  apiVersion: string;
  response: HttpResponse;
}

export interface Progress {
  /** Azure's word for the state of the operation. */
  status: string;
  elapsedMs: number;
}

export interface WriteOptions extends OperationOptions {
  /** `x-ms-deleted-vault-id` brings a soft-deleted vault back, `x-ms-authorization-auxiliary` is for another tenant's guard. */
  headers?: Record<string, string>;
  /** Called after each question how the operation goes. */
  onProgress?: (progress: Progress) => void;
}

/** Azure names a time with most responses; without it, az waits about as long. */
const defaultPollMs = 5_000;

/**
 * Waits until Azure has ended the operation. What the resource is then, a GET tells.
 *
 * Not @azure/core-lro's poller: that asks at once instead of after `Retry-After`, takes a `Retry-After: 0` for none,
 * polls an unknown status for ever, and keeps of a failure neither what Azure recommends nor where the reason stands.
 *
 * https://learn.microsoft.com/azure/azure-resource-manager/management/async-operations
 */
export async function operationEnd(
  client: ArmClient,
  accepted: Accepted,
  options: OperationOptions,
  onProgress?: (progress: Progress) => void,
): Promise<void> {
  const { operation, resourceId } = accepted;
  const began = Date.now();
  let { url, isStatus } = whereToAsk(accepted.response);
  if (url === undefined && !isBusy(accepted.response)) {
    const ended = /^(PUT|PATCH) /.test(operation) ? failedState(accepted.response) : undefined;
    if (ended) throw failure(accepted, accepted.response, ended);
    return;
  }
  let last = accepted.response;
  for (let polls = 0; ; polls += 1) {
    const wait = pollDelayMs(last, polls);
    if (wait >= remainingMs(options)) {
      await pause(wait, options);
      throw new OperationTimeout(operation, resourceId, true, url ?? resourceId);
    }
    await pause(wait, options);
    last = await poll(client, accepted, url, options);
    const status = stateIn(last, operation, url, isStatus);
    onProgress?.({ status, elapsedMs: Date.now() - began });
    // Azure's spellings vary: `Inprogress` here, `InProgress` in Recovery Services.
    if (/^succeeded$/i.test(status)) return;
    if (isFailure(status)) throw failure(accepted, last, status);
    if (!isStatus) url = last.headers.location ?? url;
  }
}

/**
 * Sends a write, and waits until Azure has ended it.
 *
 * @param resourceId what it is about, where its path is that of an action
 */
export async function writeToEnd(
  client: ArmClient,
  request: Omit<ArmRequest, "headers">,
  { headers, onProgress, ...options }: WriteOptions,
  resourceId = request.path,
): Promise<void> {
  const { method, path, apiVersion } = request;
  const response = await client.send({ ...request, ...(headers && { headers }) }, options);
  const accepted = { operation: operationName(method, path), resourceId, apiVersion, response };
  await operationEnd(client, accepted, options, onProgress);
}

/** The same for a deletion. Succeeds also where there is nothing to delete. */
export async function deleteToEnd(
  client: ArmClient,
  what: Pick<ArmRequest, "path" | "apiVersion">,
  options: WriteOptions,
): Promise<void> {
  try {
    await writeToEnd(client, { method: "DELETE", ...what }, options);
  } catch (error) {
    if (!isDeletedAlready(error, what.path)) throw error;
  }
}

/**
 * Whether what failed is a deletion of what is not there. A 404 to the DELETE says that it was gone already; one to the
 * question how the deletion goes, that the operation went with the vault, which a look at the vault has to confirm.
 */
export const isDeletedAlready = (error: unknown, id: string): boolean =>
  missing(error, id) !== undefined || (isArmError(error) && error.status === 404 && error.accepted);

/** `Azure-AsyncOperation` first: where both stand, `Location` only leads to the result. */
function whereToAsk({ status, headers }: HttpResponse): { url: string | undefined; isStatus: boolean } {
  const statusUrl = headers["azure-asyncoperation"];
  if (statusUrl) return { url: statusUrl, isStatus: true };
  return { url: status === 201 || status === 202 ? headers.location : undefined, isStatus: false };
}

/** What tells how an operation goes. */
const statusShape = object({ status: text });
const busyShape = object({ properties: object({ provisioningState: text }) });
const resultShape = optional(object({}));

/** How the operation goes, in Azure's word for it. A response that does not say it is an error: Azure would be asked for ever. */
function stateIn(response: HttpResponse, operation: string, url: string | undefined, isStatus: boolean): string {
  const statusRead = `GET status of ${operation}`;
  if (isStatus) return shaped(response, statusRead, "the status of an operation", statusShape, true).status;
  if (url !== undefined && response.status === 202) return "InProgress";
  if (url !== undefined) shaped(response, statusRead, "the result of an operation", resultShape, true);
  else shaped(response, statusRead, "a resource with its state", busyShape, true);
  return isBusy(response) ? "InProgress" : (failedState(response) ?? "Succeeded");
}

const isFailure = (state: unknown): state is string =>
  typeof state === "string" && /^(failed|cancell?ed)$/i.test(state);

/**
 * The state of an operation that ended without success, where no address tells how it goes: it shows in the resource, and some
 * services answer a `Location` with the status of the operation instead of its result.
 */
function failedState({ body }: HttpResponse): string | undefined {
  const { status, properties } = (body ?? {}) as { status?: unknown; properties?: { provisioningState?: unknown } };
  return [status, properties?.provisioningState].find(isFailure);
}

/** Without an address of its own, the operation shows in the resource. */
async function poll(
  client: ArmClient,
  accepted: Accepted,
  url: string | undefined,
  options: OperationOptions,
): Promise<HttpResponse> {
  const { operation, resourceId, apiVersion } = accepted;
  try {
    if (url !== undefined) return await client.getLink(url, `GET status of ${operation}`, options);
    return await client.send({ method: "GET", path: resourceId, apiVersion }, options);
  } catch (error) {
    if (isOperationTimeout(error)) throw new OperationTimeout(operation, resourceId, true, url ?? resourceId);
    // The write itself was accepted, whatever happened to the question how it goes.
    if (error instanceof Error) Object.assign(error, { accepted: true });
    throw error;
  }
}

/** https://learn.microsoft.com/azure/azure-resource-manager/management/async-operations#provisioningstate-values */
function isBusy({ body }: HttpResponse): boolean {
  const { properties } = (body ?? {}) as { properties?: { provisioningState?: string } };
  return /^(accepted|creating|provisioning|updating|deleting)$/i.test(properties?.provisioningState ?? "");
}

/** `Retry-After: 0` is an emulator's: then soon, but less and less so. */
function pollDelayMs({ headers }: HttpResponse, polls: number): number {
  const asked = retryAfterMs(headers) ?? defaultPollMs;
  return asked > 0 ? asked : Math.min(10 * 2 ** polls, 2_000);
}

/** The error stands in a response with HTTP status 200, and has the shape of any other. */
function failure({ operation }: Accepted, { headers, body }: HttpResponse, status: string): Error {
  const { code = status, message } = readErrorBody(body);
  const unsaid = { error: { code, message: `Azure reports the operation as ${status} and gives no reason` } };
  return readArmError(operation, { status: 200, headers, body: message === undefined ? unsaid : body }, true);
}
