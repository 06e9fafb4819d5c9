import { X509Certificate } from "node:crypto";
import type { JournalEntry } from "./journal.js";

export interface EmulatorOptions {
  /** @default a free port */
  port?: number;
  /**
   * How long Azure's long-running operations take.
   * @default 0: an operation has ended at the first poll
   */
  operationMs?: number;
  /**
   * Makes this process trust the emulator's certificate authority, for clients that run in it. Other processes read
   * `env`.
   * @default false
   */
  trust?: boolean;
  /** How long a new role assignment takes to take effect. @default 0 */
  permissionDelayMs?: number;
  /** Items in a page of a list, before `nextLink`. @default 100 */
  pageSize?: number;
  /**
   * Certificates (PEM) that are registered on the application: whoever holds the private key of one can sign in.
   * @default none
   */
  clientCertificates?: readonly string[];
  /** How long an access token is valid. @default 3599, as Entra's */
  tokenSeconds?: number;
  /**
   * Refuses a PUT that omits the encryption settings of a vault with a customer-managed key. What Azure does is not
   * documented.
   * @default false: the vault keeps them
   */
  strictEncryption?: boolean;
  /**
   * Accepts any key for a vault's encryption, without checking the key or who can use it. Some clients' own tests use a
   * key that the vault's identity has no access to.
   * @default false: the key, its key store and the identity's access are checked
   */
  uncheckedKeys?: boolean;
  /**
   * Accepts soft delete other than AlwaysOn in every api-version, as Azure was observed to do in one subscription.
   * @default false: refused from api-version 2025-09-01 on, as users report
   */
  lenientSoftDelete?: boolean;
  /**
   * Stores everything that Azure knows in this file, so that it survives restarts and crashes. The file is created if it
   * does not exist. Only one emulator can use it at a time. Needs Node.js 22.13.
   * @default in memory
   */
  data?: string;
  /** Creates the resources in this file when the emulator starts empty: see docs/emulator.md. */
  seed?: string;
  /**
   * Creates these resource groups at the start, before the seed, unless they exist already.
   * @default none
   */
  resourceGroups?: readonly FirstGroup[];
  /** Called for each request after it was answered. */
  onRequest?: (entry: JournalEntry) => void;
}

/** A resource group that an emulator starts with. */
export interface FirstGroup {
  name: string;
  /** A region, such as `northeurope` or `"North Europe"`. @default "westeurope" */
  location?: string;
}

/** The options as the rest of the emulator reads them: each one decided. */
export type Settings = Required<
  Omit<EmulatorOptions, "port" | "trust" | "data" | "seed" | "resourceGroups" | "onRequest">
>;

export function settingsOf(options: EmulatorOptions): Settings {
  return {
    operationMs: options.operationMs ?? 0,
    permissionDelayMs: options.permissionDelayMs ?? 0,
    pageSize: options.pageSize ?? 100,
    tokenSeconds: options.tokenSeconds ?? 3599,
    strictEncryption: options.strictEncryption ?? false,
    uncheckedKeys: options.uncheckedKeys ?? false,
    lenientSoftDelete: options.lenientSoftDelete ?? false,
    clientCertificates: (options.clientCertificates ?? []).map(certificate),
  };
}

function certificate(pem: string, index: number): string {
  try {
    return new X509Certificate(pem).toString();
  } catch (error) {
    const fact = (error as Error).message;
    throw new Error(
      `The emulator did not start: clientCertificates[${index}] is not a certificate in PEM format (${fact}). Pass the text of ` +
        "the certificate, not the name of its file.",
    );
  }
}

/** Changes some settings of a running emulator, or none. @returns what is wrong with them */
export function changeSettings(settings: Settings, changes: Record<string, unknown>): string | undefined {
  const changeable = Object.keys(settings).filter((name) => name !== "clientCertificates");
  for (const [name, value] of Object.entries(changes)) {
    if (!changeable.includes(name)) return `"${name}" must be one of ${changeable.join(", ")}.`;
    const type = typeof settings[name as keyof Settings];
    if (typeof value !== type) return `"${name}" must be a ${type}.`;
    const least = name === "pageSize" || name === "tokenSeconds" ? 1 : 0;
    if (typeof value === "number" && !(value >= least && Number.isFinite(value))) {
      return `"${name}" must be ${least} or more.`;
    }
  }
  Object.assign(settings, changes);
  return undefined;
}
