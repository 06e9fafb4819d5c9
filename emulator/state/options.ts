import { X509Certificate } from "node:crypto";
import type { JournalEntry } from "./journal.js";

export interface EmulatorOptions {
  /** @default a free port */
  port?: number;
  /**
   * How long Azure's long-running operations take.
   * @default 0: an operation has ended when its client asks for the first time
   */
  operationMs?: number;
  /**
   * Let this process trust the emulator's certificate authority from now on, for clients that run in it.
   * Other processes get it from `env`.
   * @default false
   */
  trust?: boolean;
  /** How long a new role assignment takes to have its effect. @default 0 */
  permissionDelayMs?: number;
  /** Items in a page of a list, before `nextLink`. @default 100 */
  pageSize?: number;
  /**
   * Certificates as PEM that are registered on the application: a client that has the key of one may sign in with it.
   * @default none
   */
  clientCertificates?: readonly string[];
  /** How long an access token is valid. @default 3599, as Entra's */
  tokenSeconds?: number;
  /**
   * Refuse a PUT that leaves out the encryption settings of a vault with a customer-managed key. What Azure does is
   * not published.
   * @default false: they stay
   */
  strictEncryption?: boolean;
  /**
   * Take any key for a vault's encryption, whatever becomes of it and whoever may use it. Some clients' own tests give a
   * vault a key that its identity has no right to.
   * @default false: the key, its store and the identity's rights are judged
   */
  uncheckedKeys?: boolean;
  /**
   * Take a vault whose soft delete is not AlwaysOn by every api-version, as Azure was seen to do in one region and
   * subscription.
   * @default false: refused from api-version 2025-09-01 on, as others met it
   */
  lenientSoftDelete?: boolean;
  /**
   * Keep all that Azure knows in this file, over restarts and kills; the file is made if it is not there. Only one
   * emulator may use it at a time.
   * @default in memory
   */
  data?: string;
  /** Fill an Azure that is new with what this file describes: docs/emulator.md says how. */
  seed?: string;
  /** Called with each request when it has been answered. */
  onRequest?: (entry: JournalEntry) => void;
}

/** The options as the rest of the emulator reads them: each one decided. */
export type Settings = Required<Omit<EmulatorOptions, "port" | "trust" | "data" | "seed" | "onRequest">>;

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
      `The emulator did not start: clientCertificates[${index}] is no certificate as PEM (${fact}). Give the text of ` +
        "the certificate, not the name of its file.",
    );
  }
}

/** Changes some settings of a running emulator, or none. @returns what is wrong with them */
export function changeSettings(settings: Settings, changes: Record<string, unknown>): string | undefined {
  const changeable = Object.keys(settings).filter((name) => name !== "clientCertificates");
  for (const [name, value] of Object.entries(changes)) {
    if (!changeable.includes(name)) return `"${name}" has to be one of ${changeable.join(", ")}.`;
    const type = typeof settings[name as keyof Settings];
    if (typeof value !== type) return `"${name}" has to be a ${type}.`;
    const least = name === "pageSize" || name === "tokenSeconds" ? 1 : 0;
    if (typeof value === "number" && !(value >= least && Number.isFinite(value))) {
      return `"${name}" has to be ${least} or more.`;
    }
  }
  Object.assign(settings, changes);
  return undefined;
}
