import { createRequire } from "node:module";
import type { Pipeline, PipelineRequest } from "@azure/core-rest-pipeline";
import { libraries } from "../libraries.js";
import { cancelled, type OperationOptions, remainingMs } from "./deadline.js";
import { UnexpectedResponse } from "./errors.js";

export interface HttpRequest {
  method: "GET" | "PUT" | "PATCH" | "POST" | "DELETE";
  url: string;
  headers?: Record<string, string>;
  body?: unknown;
  /** Only for an endpoint inside the machine, such as a managed identity's. @default false */
  insecure?: boolean;
}

export interface HttpResponse {
  status: number;
  /** By lower-case names. */
  headers: Record<string, string>;
  /** As JSON; where it is none, its text; without a body, undefined. */
  body: unknown;
}

/** No response. `code` says why, in the network's words; `sent` whether the request may have reached the server. */
export interface TransportFailure {
  code: string;
  sent: boolean;
}

/** A response may take this long before the connection counts as lost. ARM itself gives up after a minute. */
const attemptMs = 75_000;

/** Azure's longest pages are a few megabytes. What is longer would only fill the memory of Pulumi's provider host. */
const longestBody = 32 * 1024 * 1024;

/** One request and its response, whatever its status. Nothing is sent again, no redirect is followed. */
export async function sendOnce(
  request: HttpRequest,
  operation: string,
  options: OperationOptions,
): Promise<HttpResponse | TransportFailure> {
  const { createHttpHeaders, createPipelineRequest } = libraries.restPipeline();
  const { pipeline, client } = await transport();
  const timeout = AbortSignal.any([AbortSignal.timeout(Math.min(attemptMs, remainingMs(options))), cancelled]);
  const message = createPipelineRequest({
    url: request.url,
    method: request.method,
    headers: createHttpHeaders({
      accept: "application/json",
      ...(request.body !== undefined && { "content-type": "application/json" }),
      ...request.headers,
    }),
    body: request.body === undefined ? undefined : JSON.stringify(request.body),
    abortSignal: options.abortSignal ? AbortSignal.any([timeout, options.abortSignal]) : timeout,
    allowInsecureConnection: request.insecure ?? false,
    // As a stream, whatever the status: as a text, the library would read a body of any length.
    streamResponseStatusCodes: new Set([Number.POSITIVE_INFINITY]),
  });
  let received: { status: number; headers: Record<string, string>; text: string | undefined };
  try {
    const { status, headers, readableStreamBody } = await pipeline.sendRequest(client, message);
    received = { status, headers: headers.toJSON(), text: await textOf(readableStreamBody) };
  } catch (error) {
    options.abortSignal?.throwIfAborted();
    return timeout.aborted ? { code: "ETIMEDOUT", sent: true } : transportFailureFrom(error, message);
  }
  const { text, ...rest } = received;
  if (text === undefined)
    throw new UnexpectedResponse(
      operation,
      `HTTP ${rest.status} with more than ${longestBody / 1024 / 1024} MB`,
      request.method !== "GET",
    );
  return { ...rest, body: parsed(text) };
}

/** Undefined where it is too long. */
async function textOf(stream: NodeJS.ReadableStream | undefined): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of stream ?? []) {
      length += chunk.length;
      // Leaving the loop closes the connection.
      if (length > longestBody) return undefined;
      chunks.push(Buffer.from(chunk));
    }
  } catch (error) {
    throw new BrokenOff((error as { code?: string }).code ?? "ECONNABORTED");
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** The connection ended within the response. */
class BrokenOff extends Error {
  constructor(readonly code: string) {
    super();
    this.name = "RestError";
  }
}

export const isResponse = (outcome: HttpResponse | TransportFailure): outcome is HttpResponse => "status" in outcome;

type Transport = { pipeline: Pipeline; client: import("@azure/core-rest-pipeline").HttpClient };
let shared: Promise<Transport> | undefined;

/** One for the process, so that connections stay open between requests. */
function transport(): Promise<Transport> {
  shared ??= openTransport();
  return shared;
}

async function openTransport(): Promise<Transport> {
  const core = libraries.restPipeline();
  const pipeline = core.createPipelineFromOptions({
    userAgentOptions: { userAgentPrefix: `pulumi-azure-backup/${version()}` },
    // Its three tries know neither a deadline nor a dropped response: `retry.ts` does this.
    retryOptions: { maxRetries: 0 },
    // A redirect would carry the request, and perhaps its token, elsewhere.
    redirectOptions: { maxRetries: 0 },
  });
  return { pipeline, client: core.createDefaultHttpClient() };
}

/** By the package's own name, for the sources and the built files lie at different depths. */
const version = (): string => createRequire(__filename)("pulumi-azure-backup/package.json").version;

function parsed(text: string): unknown {
  if (!text) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function transportFailureFrom(error: unknown, message: PipelineRequest): TransportFailure {
  const { name, code } = error as { name?: string; code?: string };
  if (name !== "RestError" && name !== "AbortError") throw error;
  message.headers.delete("authorization");
  const cause = code ?? "ECONNABORTED";
  return { code: cause, sent: !neverSent.has(cause) && !isCertificateProblem(cause) };
}

/** The connection was not even made. */
const neverSent = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);

/** OpenSSL's and Node's words for a certificate that is not trusted. */
export const isCertificateProblem = (code: string): boolean => /CERT|SIGNATURE|ERR_TLS|ERR_SSL|EPROTO/.test(code);
