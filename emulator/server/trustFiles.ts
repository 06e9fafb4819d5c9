import { X509Certificate } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { rootCertificates } from "node:tls";

/** What the files hold that clients are pointed at (PEM). */
export interface TrustFiles {
  /** For variables whose file takes the place of all other authorities: the machine's authorities and the emulator's. */
  bundle: string;
  /** For Node.js, which adds the file to the authorities that it has: what it was given before, and the emulator's. */
  extra: string;
}

// CURL_CA_BUNDLE too: Python's requests reads it while REQUESTS_CA_BUNDLE is not set.
const variables = ["SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "NODE_EXTRA_CA_CERTS"];

/** Where Linux distributions, the BSDs and macOS keep their bundle. */
const systemBundles = [
  "/etc/ssl/certs/ca-certificates.crt",
  "/etc/pki/tls/certs/ca-bundle.crt",
  "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
  "/etc/ssl/ca-bundle.pem",
  "/etc/ssl/cert.pem",
];

/** A client of the emulator still reaches what it reached before, also through a proxy that has its own authority. */
export function trustFiles(own: string, env: NodeJS.ProcessEnv): TrustFiles {
  const named = variables.map((name) => env[name] ?? "").filter((path) => path !== "");
  const nodes = new Set(rootCertificates.map(canonical));
  const machines = [...new Set([...named, ...systemBundles])].flatMap(certificatesAt);
  const isSound = (certificate: string) => nodes.has(certificate) || isCertificate(certificate);
  // Whatever Node.js brings itself, it would only read once more at each start.
  const givenToNode = certificatesAt(env.NODE_EXTRA_CA_CERTS ?? "").filter((certificate) => !nodes.has(certificate));
  return {
    bundle: joined([canonical(own), ...nodes, ...new Set(machines)].filter(isSound)),
    extra: joined([canonical(own), ...givenToNode].filter(isSound)),
  };
}

/** A variable that names nothing readable gave its client no authorities either. */
function certificatesAt(path: string): string[] {
  try {
    // Python's requests takes a directory as well.
    const files = statSync(path).isDirectory() ? readdirSync(path).map((name) => join(path, name)) : [path];
    return files.flatMap(certificatesIn);
  } catch {
    return [];
  }
}

function certificatesIn(file: string): string[] {
  try {
    const blocks = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;
    return (readFileSync(file, "utf8").match(blocks) ?? []).map(canonical);
  } catch {
    return [];
  }
}

/** Files break the lines of the same certificate differently. */
const canonical = remembered((pem) => {
  const content = pem.replace(/-----[^-]+-----|\s+/g, "");
  const lines = content.match(/.{1,64}/g) ?? [];
  return ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----"].join("\n");
});

/** One that is damaged would make some clients refuse the whole file. */
const isCertificate = remembered((pem) => {
  try {
    new X509Certificate(pem);
    return true;
  } catch {
    return false;
  }
});

/** A machine has hundreds of authorities, and a program may start many emulators. */
function remembered<T>(answer: (pem: string) => T): (pem: string) => T {
  const answers = new Map<string, T>();
  return (pem) => {
    const known = answers.get(pem) ?? answer(pem);
    answers.set(pem, known);
    return known;
  };
}

const joined = (certificates: string[]): string => `${[...new Set(certificates)].join("\n")}\n`;
