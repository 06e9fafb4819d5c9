import { readFileSync } from "node:fs";
import { request } from "node:https";
import type { Emulator } from "../../emulator/index.js";

export interface Answered {
  status: number;
  headers: Record<string, string>;
  // biome-ignore lint/suspicious/noExplicitAny: Azure's JSON, of any shape
  body: any;
}

export interface Wanted {
  body?: unknown;
  headers?: Record<string, string>;
}

/** One request over real HTTPS, with nothing between the test and the wire. */
export async function send(azure: Emulator, method: string, target: string, wanted: Wanted = {}): Promise<Answered> {
  const { body, headers } = wanted;
  const text = body === undefined || typeof body === "string" ? body : JSON.stringify(body);
  const type: Record<string, string> = text === undefined ? {} : { "Content-Type": "application/json" };
  return new Promise((resolve, reject) => {
    const url = new URL(target, azure.url);
    const ca = readFileSync(azure.caFile, "utf8");
    const sent = request(
      url,
      { method, ca, headers: { ...type, ...headers }, agent: false, servername: "localhost" },
      async (response) => {
        try {
          const chunks: Buffer[] = [];
          for await (const chunk of response) chunks.push(chunk);
          const received = Buffer.concat(chunks).toString("utf8");
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers as Record<string, string>,
            body:
              received !== "" && response.headers["content-type"]?.startsWith("application/json")
                ? JSON.parse(received)
                : received || undefined,
          });
        } catch (error) {
          reject(error);
        }
      },
    );
    sent.on("error", reject);
    sent.end(text);
  });
}

export async function signIn(azure: Emulator, changes: Record<string, string> = {}): Promise<Answered> {
  const form = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: azure.env.ARM_CLIENT_ID,
    client_secret: azure.env.ARM_CLIENT_SECRET,
    scope: `${azure.url}/.default`,
    ...changes,
  });
  return send(azure, "POST", `/${azure.env.ARM_TENANT_ID}/oauth2/v2.0/token`, {
    body: String(form),
    headers: { "Content-Type": "application/x-www-form-urlencoded" },
  });
}

export type Arm = (
  method: string,
  target: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<Answered>;

/** Resource Manager for someone who signed in. A target without api-version asks for the newest one. */
export async function armClient(azure: Emulator, apiVersion = "2026-06-01"): Promise<Arm> {
  const { body } = await signIn(azure);
  const authorization = `Bearer ${body.access_token}`;
  return (method, target, given, headers) => {
    const url = new URL(target, azure.url);
    const version = versionOf(url.pathname, apiVersion);
    if (!url.searchParams.has("api-version")) url.searchParams.set("api-version", version);
    return send(azure, method, url.href, { body: given, headers: { authorization, ...headers } });
  };
}

/** By the innermost resource provider; any other is asked by Resource Manager's. */
const versions: Record<string, string> = {
  "Microsoft.RecoveryServices": "2026-07-01",
  "Microsoft.ContainerService": "2025-05-01",
  "Microsoft.KubernetesConfiguration": "2024-11-01",
};

function versionOf(path: string, dataProtection: string): string {
  if (path.includes("/providers/Microsoft.DataProtection")) return dataProtection;
  const [, provider = ""] = /.*\/providers\/([^/]+)/.exec(path) ?? [];
  return versions[provider] ?? "2021-04-01";
}

/** Follows a long-running operation to its end. */
export async function done(arm: Arm, { status, headers, body }: Answered): Promise<Answered> {
  const address = headers["azure-asyncoperation"];
  if (address === undefined) throw new Error(`No operation was started: ${status} ${JSON.stringify(body)}`);
  for (let polls = 0; polls < 500; polls += 1) {
    const answer = await arm("GET", address);
    if (answer.body.status?.toLowerCase() !== "inprogress") return answer;
    await new Promise((later) => setTimeout(later, 10));
  }
  throw new Error(`The operation did not end: ${address}`);
}

export const group = (azure: Emulator, name = "rg-payroll"): string =>
  `/subscriptions/${azure.env.ARM_SUBSCRIPTION_ID}/resourceGroups/${name}`;

export const vaultId = (azure: Emulator, name = "bv-payroll"): string =>
  `${group(azure)}/providers/Microsoft.DataProtection/backupVaults/${name}`;

/** A vault as small as Azure takes it, with some properties more. */
export const vault = (properties: object = {}, more: object = {}): object => ({
  location: "westeurope",
  properties: { storageSettings: [{ datastoreType: "VaultStore", type: "LocallyRedundant" }], ...properties },
  ...more,
});
