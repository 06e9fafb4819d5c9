import { once } from "node:events";
import https from "node:https";
import type { AddressInfo } from "node:net";
import { newCertificates } from "../../emulator/server/certificates.js";
import { connect } from "../../provider/azure/index.js";
import { failureOf, previewDeadline } from "./emulated.js";
import { subscriptionId, tenantId, vaultId } from "./scriptedAzure.js";

test("a certificate that is not trusted is told at once, with what to do", async () => {
  // Not the emulator's, which this process may have been told to trust.
  const { certificate, key } = await newCertificates();
  const server = https.createServer({ cert: certificate, key }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const host = `localhost:${(server.address() as AddressInfo).port}`;
  const env = { ARM_METADATA_HOSTNAME: host, ARM_TENANT_ID: tenantId, ARM_SUBSCRIPTION_ID: subscriptionId };
  const failure = await failureOf(connect(() => undefined, env).backupVaults.get(vaultId, previewDeadline()));
  expect(failure).toMatchObject({ name: "ConnectionError", accepted: false });
  expect(failure.message).toMatch(/Its certificate is not trusted: set NODE_EXTRA_CA_CERTS to the file/);
  expect(failure.message).not.toContain("tried");
  server.closeAllConnections();
  server.close();
});
