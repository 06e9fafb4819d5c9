import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import type { Server } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { handles } from "./arrange/arrangeAzure.js";
import { createFirstGroups } from "./arrange/firstGroups.js";
import type { Handles } from "./arrange/handles.js";
import { seed } from "./arrange/seed.js";
import { type Azure, newAzure } from "./azure/azure.js";
import type { EmulatorEnvironment, Reached } from "./control/clients.js";
import { signing } from "./entra/accessToken.js";
import { hostsOf } from "./keyVault/stores.js";
import { answerer } from "./server/answer.js";
import { certificates } from "./server/certificates.js";
import { server } from "./server/server.js";
import { trustFiles } from "./server/trustFiles.js";
import type { Fault } from "./state/faults.js";
import type { JournalEntry, JournalFilter } from "./state/journal.js";
import { changeSettings, type EmulatorOptions, type Settings, settingsOf } from "./state/options.js";
import { emptyWorld, unnamed } from "./state/world.js";
import { openWorldStore, type WorldStore } from "./store/worldStore.js";

export async function start(options: EmulatorOptions): Promise<Emulator> {
  const store = options.data === undefined ? undefined : openWorldStore(options.data, emptyWorld());
  const azure = newAzure(settingsOf(options), store);
  try {
    return await startWith(options, azure, store);
  } catch (error) {
    azure.ports.close();
    await store?.close(false);
    throw error;
  }
}

async function startWith(options: EmulatorOptions, azure: Azure, store: WorldStore | undefined): Promise<Emulator> {
  const made = await certificates();
  const { answer, answerInside } = answerer(azure, signing(made.key), () => reached);
  await azure.ports.open(hostsOf(azure.world));
  createFirstGroups(options.resourceGroups ?? [], azure, answerInside);
  if (options.seed !== undefined && store?.isNew !== false) seed(options.seed, azure, answerInside);
  await azure.flush();
  const listener = server(azure, made, answer, options.onRequest ?? (() => {}));
  await listen(listener, options.port ?? 0);
  const host = `127.0.0.1:${(listener.address() as AddressInfo).port}`;
  const certificateFiles = await writeCertificateFiles(made.ca, options.data);
  const { caFile } = certificateFiles;
  const reached: Reached = { url: `https://${host}`, caFile, env: environment(azure, host, certificateFiles) };

  const trust = () => trustHere(made.ca);
  if (options.trust) trust();

  return {
    ...reached,
    journal: (filter) => azure.journal.all(filter),
    writes: () => azure.journal.all({ writes: true }),
    faults: azure.faults,
    reset: azure.reset,
    snapshot: (name = unnamed) => azure.snapshot(name),
    restore(name = unnamed) {
      if (!azure.restore(name)) throw new Error(`There is no snapshot "${name}". Take it first.`);
    },
    set(settings) {
      const wrong = changeSettings(azure.settings, settings);
      if (wrong !== undefined) throw new Error(wrong);
    },
    trust,
    async close() {
      azure.ports.close();
      listener.close();
      listener.closeAllConnections();
      await certificateFiles.remove();
      await store?.close();
    },
    ...handles(azure, answerInside, reached.url),
  };
}

/** The emulators of one process have one authority. Node.js reads all authorities again each time that one is added. */
function trustHere(ca: string): void {
  const trusted = getCACertificates("default");
  if (!trusted.includes(new X509Certificate(ca).toString())) setDefaultCACertificates([...trusted, ca]);
}

/** On loopback only, always: whoever reaches the emulator is let in. */
async function listen(listener: Server, port: number): Promise<void> {
  listener.listen(port, "127.0.0.1");
  try {
    await once(listener, "listening");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    throw new Error(`The emulator did not start: port ${port} is in use. Choose another port, or 0 for any free port.`);
  }
}

interface CertificateFiles {
  caFile: string;
  bundleFile: string;
  extraFile: string;
  remove(): Promise<void>;
}

/** Beside the data, so that what was exported before a restart is right after it; else in a directory of their own. */
async function writeCertificateFiles(ca: string, data: string | undefined): Promise<CertificateFiles> {
  const directory = data === undefined ? await mkdtemp(join(tmpdir(), "azure-backup-emulator-")) : undefined;
  const at = (name: string) => (directory === undefined ? `${resolve(data as string)}.${name}` : join(directory, name));
  const [caFile, bundleFile, extraFile] = [at("ca.pem"), at("ca-bundle.pem"), at("node-extra-ca.pem")];
  const { bundle, extra } = trustFiles(ca, process.env);
  await Promise.all([writeFile(caFile, ca), writeFile(bundleFile, bundle), writeFile(extraFile, extra)]);
  return {
    caFile,
    bundleFile,
    extraFile,
    async remove() {
      for (const file of [caFile, bundleFile, extraFile]) await rm(file, { force: true });
      if (directory !== undefined) await rm(directory, { recursive: true, force: true });
    },
  };
}

function environment({ world }: Azure, host: string, { bundleFile, extraFile }: CertificateFiles): EmulatorEnvironment {
  return {
    ARM_METADATA_HOSTNAME: host,
    ARM_TENANT_ID: world.tenantId,
    ARM_CLIENT_ID: world.application.clientId,
    ARM_CLIENT_SECRET: world.application.clientSecret,
    ARM_SUBSCRIPTION_ID: world.subscriptionId,
    NODE_EXTRA_CA_CERTS: extraFile,
    SSL_CERT_FILE: bundleFile,
    REQUESTS_CA_BUNDLE: bundleFile,
  };
}

/** A running emulator. */
export interface Emulator extends Handles {
  /** Where it listens. Its certificate is valid for `localhost` and `127.0.0.1`. */
  url: string;
  /** The file with the certificate of the authority that clients must trust (PEM). */
  caFile: string;
  /** The environment variables that a client needs to use the emulator. */
  env: EmulatorEnvironment;
  /** The requests so far, or some of them, without tokens and secrets. */
  journal(filter?: JournalFilter): JournalEntry[];
  /** The requests that asked Resource Manager for a change. */
  writes(): JournalEntry[];
  faults: { add(fault: Fault): void; all(): Fault[]; clear(): void };
  /** An empty Azure, without faults and with an empty journal. Snapshots stay. */
  reset(): void;
  /** Takes a snapshot of everything that Azure knows, in place of an older one of the same name. It lasts until `close`. */
  snapshot(name?: string): void;
  /** Back to a snapshot; faults and journal stay. */
  restore(name?: string): void;
  /** Changes settings that it was started with, such as `{ permissionDelayMs: 30_000 }`, from the next request on. */
  set(settings: Partial<Settings>): void;
  close(): Promise<void>;
  /** Makes this process trust the emulator's certificate authority. */
  trust(): void;
}
