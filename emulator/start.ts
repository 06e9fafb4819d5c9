import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import type { Server } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { answerer } from "./answer.js";
import { type Azure, newAzure } from "./azure.js";
import { certificates } from "./certificates.js";
import type { Reached } from "./clients.js";
import { type Keeping, openDataFile } from "./data/dataFile.js";
import type { Emulator, EmulatorEnvironment } from "./emulator.js";
import { signing } from "./entra/signing.js";
import { handles } from "./handles.js";
import { hostsOf } from "./keyVault/stores/types.js";
import { changeSettings, type EmulatorOptions, settingsOf } from "./options.js";
import { seed } from "./seed/seed.js";
import { server } from "./server.js";
import { unnamed } from "./snapshots.js";
import { emptyWorld } from "./world.js";

export async function start(options: EmulatorOptions): Promise<Emulator> {
  const keeping = options.data === undefined ? undefined : openDataFile(options.data, emptyWorld());
  const azure = newAzure(settingsOf(options), keeping);
  try {
    return await startWith(options, azure, keeping);
  } catch (error) {
    azure.ports.close();
    await keeping?.close(false);
    throw error;
  }
}

async function startWith(options: EmulatorOptions, azure: Azure, keeping: Keeping | undefined): Promise<Emulator> {
  const made = await certificates();
  const { answer, answerInside } = answerer(azure, signing(made.key), () => reached);
  await azure.ports.open(hostsOf(azure.world));
  if (options.seed !== undefined && keeping?.isNew !== false) seed(options.seed, azure, answerInside);
  await azure.kept();
  const listener = server(azure, made, answer, options.onRequest ?? (() => {}));
  await listen(listener, options.port ?? 0);
  const host = `127.0.0.1:${(listener.address() as AddressInfo).port}`;
  const directory = await mkdtemp(join(tmpdir(), "azure-backup-emulator-"));
  const caFile = options.data === undefined ? join(directory, "ca.pem") : `${resolve(options.data)}.ca.pem`;
  await writeFile(caFile, made.ca);

  const reached: Reached = { url: `https://${host}`, caFile, env: environment(azure, host, caFile) };

  const trust = () => setDefaultCACertificates([...getCACertificates("default"), made.ca]);
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
      await rm(directory, { recursive: true, force: true });
      await rm(caFile, { force: true });
      await keeping?.close();
    },
    ...handles(azure, answerInside, reached.url),
  };
}

/** On loopback only, always: whoever reaches the emulator is let in. */
async function listen(listener: Server, port: number): Promise<void> {
  listener.listen(port, "127.0.0.1");
  try {
    await once(listener, "listening");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    throw new Error(`The emulator did not start: port ${port} is in use. Choose another one, or 0 for any free one.`);
  }
}

function environment({ world }: Azure, host: string, caFile: string): EmulatorEnvironment {
  return {
    ARM_METADATA_HOSTNAME: host,
    ARM_TENANT_ID: world.tenantId,
    ARM_CLIENT_ID: world.application.clientId,
    ARM_CLIENT_SECRET: world.application.clientSecret,
    ARM_SUBSCRIPTION_ID: world.subscriptionId,
    NODE_EXTRA_CA_CERTS: caFile,
    SSL_CERT_FILE: caFile,
    REQUESTS_CA_BUNDLE: caFile,
  };
}
