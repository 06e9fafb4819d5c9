import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import https from "node:https";
import type { AddressInfo } from "node:net";
import tls from "node:tls";
import { certificates } from "../../emulator/server/certificates.js";

/** What the test answers to a request; `drop` closes the connection instead. */
export type Reply =
  | { status?: number; headers?: Record<string, string>; body?: unknown }
  | "drop"
  | "hang"
  | "truncate";

export interface Seen {
  method: string;
  url: string;
  headers: IncomingMessage["headers"];
  body: string;
}

export interface ScriptedAzure {
  url: string;
  host: string;
  seen: Seen[];
  /** Requests to Resource Manager, as `GET /path?query`. */
  calls(): string[];
  env: Record<string, string>;
  close(): Promise<void>;
}

export const token = "eyJ0ZXN0.token-that-must-not-leak.c2ln";
export const secret = "client-secret-that-must-not-leak";
export const subscriptionId = "5b5c0000-0000-4000-8000-0000000005b5";
export const tenantId = "7e7a0000-0000-4000-8000-00000000e7a1";
export const vaultId = `/subscriptions/${subscriptionId}/resourceGroups/rg/providers/Microsoft.DataProtection/backupVaults/payroll`;

/**
 * An HTTPS server with the metadata and the tokens of an Azure cloud, and with the answers of the test for everything
 * else: for what no Azure, and no emulator of it, would ever answer.
 */
export async function scriptedAzure(
  answer: (request: Seen, base: string) => Reply | Promise<Reply>,
  suffixes = { keyVaultDns: "vault.scripted.test", mhsmDns: "managedhsm.scripted.test" },
): Promise<ScriptedAzure> {
  const { ca, certificate, key } = await certificates();
  tls.setDefaultCACertificates([...tls.getCACertificates("default"), ca]);
  const seen: Seen[] = [];
  const server = https.createServer({ cert: certificate, key }, async (request, response) => {
    const body = await text(request);
    const entry = { method: request.method ?? "", url: request.url ?? "", headers: request.headers, body };
    seen.push(entry);
    await write(response, signIn(entry, url, suffixes) ?? (await answer(entry, url)));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const host = `localhost:${(server.address() as AddressInfo).port}`;
  const url = `https://${host}`;
  return {
    url,
    host,
    seen,
    calls: () => seen.filter((each) => !isSignIn(each)).map((each) => `${each.method} ${each.url}`),
    env: {
      ARM_METADATA_HOSTNAME: host,
      ARM_TENANT_ID: tenantId,
      ARM_CLIENT_ID: "c11e0000-0000-4000-8000-00000000c11e",
      ARM_CLIENT_SECRET: secret,
      ARM_SUBSCRIPTION_ID: subscriptionId,
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

const isSignIn = ({ url }: Seen) => /^\/metadata\/|\/oauth2\/|openid-configuration/.test(url);

function signIn({ url }: Seen, base: string, suffixes: object): Reply | undefined {
  if (url.startsWith("/metadata/endpoints"))
    return {
      body: {
        name: "Scripted",
        resourceManager: `${base}/`,
        authentication: { loginEndpoint: `${base}/`, audiences: [`${base}/`], tenant: "common" },
        suffixes,
      },
    };
  const authority = `${base}/${tenantId}`;
  if (url.includes("openid-configuration"))
    return {
      body: {
        issuer: `${authority}/v2.0`,
        authorization_endpoint: `${authority}/oauth2/v2.0/authorize`,
        token_endpoint: `${authority}/oauth2/v2.0/token`,
        jwks_uri: `${authority}/discovery/v2.0/keys`,
      },
    };
  if (url.includes("/oauth2/v2.0/token"))
    return { body: { token_type: "Bearer", expires_in: 3599, ext_expires_in: 3599, access_token: token } };
  return undefined;
}

async function text(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

async function write(response: ServerResponse, reply: Reply): Promise<void> {
  if (reply === "hang") return;
  if (reply === "drop") {
    response.socket?.destroy();
    return;
  }
  if (reply === "truncate") {
    response.writeHead(200, { "content-type": "application/json", "content-length": "500" });
    response.write('{"properties":');
    setTimeout(() => response.socket?.destroy(), 20);
    return;
  }
  const { status = 200, headers = {}, body } = reply;
  response.writeHead(status, { "content-type": "application/json", "x-ms-request-id": "request-1", ...headers });
  response.end(body === undefined ? undefined : typeof body === "string" ? body : JSON.stringify(body));
}
