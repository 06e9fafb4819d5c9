import { createHash } from "node:crypto";
import type { Call } from "../http/operation.js";
import type { LongRunningOperation } from "./longRunningOperation.js";

/** `base` is the id of the vault, or of the location for what outlives a vault. */
export function asyncOperation(call: Call, base: string, operation: LongRunningOperation): Record<string, string> {
  return { "Azure-AsyncOperation": operationUrl(call, `${base}/operationStatus/${operation.id}`) };
}

export function asyncLocation(call: Call, base: string, operation: LongRunningOperation): Record<string, string> {
  return { Location: operationUrl(call, `${base}/operationResults/${operation.id}`) };
}

/** Azure signs these addresses, so a client has to use them as they are: with the version that it asked for. */
export function operationUrl({ request, apiVersion, now }: Call, path: string): string {
  const signed = createHash("sha256").update(`${path} ${now}`).digest("base64url");
  const url = new URL(request.origin + path);
  url.search = String(
    new URLSearchParams({
      "api-version": request.query.get("api-version") ?? apiVersion,
      t: String(now),
      c: "emulator",
      s: signed,
      h: signed,
    }),
  );
  return url.href;
}
