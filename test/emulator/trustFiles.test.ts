import { execFile } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { rootCertificates } from "node:tls";
import { promisify } from "node:util";
import { clientNames, instructionsFor, startEmulator } from "../../emulator/index.js";
import { newCertificates } from "../../emulator/server/certificates.js";
import { trustFiles } from "../../emulator/server/trustFiles.js";
import { temporaryDirectory } from "./temporary.js";

const directory = temporaryDirectory();
const proxyFile = join(directory, "proxy-ca.pem");
let proxyAuthority: string;
let server: Server;
let address: string;

// A server as a company's proxy would be: its authority is only in the machine's bundle.
beforeAll(async () => {
  const { ca, certificate, key } = await newCertificates();
  proxyAuthority = written(ca);
  writeFileSync(proxyFile, ca);
  server = createServer({ cert: certificate, key }, (_, response) => response.end());
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  address = `https://localhost:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

/** As Node.js writes the same certificate. */
const written = (pem: string): string => new X509Certificate(pem).toString().trim();

/** Asks these addresses in a process of its own, whose only variables for certificates are these. */
async function reached(flags: string[], env: Record<string, string>, ...addresses: string[]): Promise<string[]> {
  const program = `const { get } = require("node:https");
    for (const address of ${JSON.stringify(addresses)})
      get(address, { agent: false }, (response) => console.log("reached " + address) ?? response.resume())
        .on("error", ({ code }) => console.log(code + " " + address));`;
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, "-e", program], { env });
  return stdout.trim().split("\n").sort();
}

test.each(["SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "NODE_EXTRA_CA_CERTS"])(
  "with the emulator's variables, a client still trusts an authority that %s named before",
  async (name) => {
    for (const variable of ["SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"]) {
      delete process.env[variable];
    }
    delete process.env.NODE_EXTRA_CA_CERTS;
    process.env[name] = proxyFile;
    const azure = await startEmulator();
    try {
      const { SSL_CERT_FILE, REQUESTS_CA_BUNDLE, NODE_EXTRA_CA_CERTS } = azure.env;
      const both = [`reached ${address}`, `reached ${azure.url}`].sort();
      const openssl = ["--use-openssl-ca"];
      expect(await reached(openssl, { SSL_CERT_FILE }, address, azure.url)).toEqual(both);
      expect(REQUESTS_CA_BUNDLE).toBe(SSL_CERT_FILE);
      // Node.js only adds to what it trusts: what it was not given before, it does not get now.
      expect(await reached([], { NODE_EXTRA_CA_CERTS }, address, azure.url)).toEqual(
        name === "NODE_EXTRA_CA_CERTS"
          ? both
          : [`UNABLE_TO_VERIFY_LEAF_SIGNATURE ${address}`, `reached ${azure.url}`].sort(),
      );
    } finally {
      await azure.close();
    }
    expect(Object.values(azure.env).filter((value) => existsSync(value))).toEqual([]);
  },
);

test("beside a data file, the certificate files keep their names and go when the emulator stops", async () => {
  const data = join(directory, "kept.data");
  const azure = await startEmulator({ data });
  const { NODE_EXTRA_CA_CERTS, SSL_CERT_FILE } = azure.env;
  expect([azure.caFile, NODE_EXTRA_CA_CERTS, SSL_CERT_FILE]).toEqual([
    `${data}.ca.pem`,
    `${data}.node-extra-ca.pem`,
    `${data}.ca-bundle.pem`,
  ]);
  const there = () => [azure.caFile, NODE_EXTRA_CA_CERTS, SSL_CERT_FILE].map((file) => existsSync(file));
  expect(there()).toEqual([true, true, true]);
  await azure.close();
  expect(there()).toEqual([false, false, false]);
});

test("the variables that are printed for a client never name the file with the emulator's authority alone", async () => {
  const azure = await startEmulator();
  try {
    const shells = clientNames.map((name) => instructionsFor(name, azure).shell);
    expect(shells.filter((shell) => shell.includes(azure.caFile))).toEqual([]);
    expect(shells.filter((shell) => !/(ca-bundle|node-extra-ca)\.pem/.test(shell))).toEqual([]);
  } finally {
    await azure.close();
  }
});

test("the bundle has Node's authorities and the machine's, each once, and drops what is not a certificate", () => {
  const own = written(rootCertificates[0] as string);
  const damaged = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
  const file = join(directory, "machine.pem");
  writeFileSync(file, `# The company\n${damaged}${readFileSync(proxyFile, "utf8")}${rootCertificates[1]}\n`);
  const { bundle, extra } = trustFiles(own, { SSL_CERT_FILE: file, NODE_EXTRA_CA_CERTS: file });
  const certificates = bundle.split(/(?<=-----END CERTIFICATE-----\n)/).map((block) => block.trim());
  expect(new Set(certificates).size).toBe(certificates.length);
  expect(certificates).toEqual(expect.arrayContaining(rootCertificates.map(written)));
  expect(bundle).toContain(proxyAuthority);
  expect(bundle).not.toContain(damaged.trim());
  expect(extra).toBe(`${own}\n${proxyAuthority}\n`);
});

test("a variable may name a directory, as Python's requests has it, or a file that is gone", () => {
  const own = written(rootCertificates[0] as string);
  const certificates = join(directory, "certificates");
  mkdirSync(join(certificates, "deeper"), { recursive: true });
  writeFileSync(join(certificates, "proxy.pem"), readFileSync(proxyFile));
  const gone = join(directory, "gone.pem");
  const { bundle, extra } = trustFiles(own, { REQUESTS_CA_BUNDLE: certificates });
  expect(bundle).toContain(proxyAuthority);
  expect(extra).toBe(`${own}\n`);
  expect(trustFiles(own, { NODE_EXTRA_CA_CERTS: gone }).extra).toBe(`${own}\n`);
});
