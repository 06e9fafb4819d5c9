import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import type { Server } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { answerer } from "./answer.js";
import { type Azure, newAzure } from "./azure.js";
import { certificates } from "./certificates.js";
import type { Emulator, EmulatorEnvironment } from "./emulator.js";
import { signing } from "./entra/signing.js";
import { handles } from "./handles.js";
import { type EmulatorOptions, settingsOf } from "./options.js";
import { server } from "./server.js";

export async function start(options: EmulatorOptions): Promise<Emulator> {
  const azure = newAzure(settingsOf(options));
  const made = await certificates();
  const { answer, answerInside } = answerer(azure, signing(made.key));
  const listener = server(azure, made, answer, options.onRequest ?? (() => {}));
  await listen(listener, options.port ?? 0);
  const host = `127.0.0.1:${(listener.address() as AddressInfo).port}`;
  const directory = await mkdtemp(join(tmpdir(), "azure-backup-emulator-"));
  const caFile = join(directory, "ca.pem");
  await writeFile(caFile, made.ca);

  const trust = () => setDefaultCACertificates([...getCACertificates("default"), made.ca]);
  if (options.trust) trust();

  return {
    url: `https://${host}`,
    caFile,
    env: environment(azure, host, caFile),
    journal: () => azure.journal.all(),
    writes: () => azure.journal.writes(),
    faults: azure.faults,
    reset: azure.reset,
    trust,
    async close() {
      listener.close();
      listener.closeAllConnections();
      await rm(directory, { recursive: true, force: true });
    },
    ...handles(azure, answerInside, `https://${host}`),
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
