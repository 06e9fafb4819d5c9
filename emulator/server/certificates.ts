import { generateKeyPair, randomBytes, sign } from "node:crypto";
import { promisify } from "node:util";
import forge from "node-forge";

export interface Certificates {
  /** The authority that clients are told to trust. */
  ca: string;
  certificate: string;
  key: string;
}

let made: Promise<Certificates> | undefined;

/** Making RSA keys is slow, and the emulators of one process may share them: they live as long as it does. */
export function certificates(): Promise<Certificates> {
  made ??= newCertificates();
  return made;
}

export async function newCertificates(): Promise<Certificates> {
  const [authority, server] = await Promise.all([keyPair(), keyPair()]);
  const issuer = [{ name: "commonName", value: `Azure Backup emulator ${randomBytes(4).toString("hex")}` }];
  const ca = certificate({ subject: issuer, issuer, publicKey: authority.publicKey, signedBy: authority.privateKey }, [
    { name: "basicConstraints", cA: true, critical: true },
    { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
    { name: "subjectKeyIdentifier" },
  ]);
  const leaf = certificate(
    {
      subject: [{ name: "commonName", value: "localhost" }],
      issuer,
      publicKey: server.publicKey,
      signedBy: authority.privateKey,
    },
    [
      { name: "basicConstraints", cA: false, critical: true },
      { name: "keyUsage", digitalSignature: true, keyEncipherment: true, critical: true },
      { name: "extKeyUsage", serverAuth: true },
      // OpenSSL in its strict mode (Python 3.13 and later) asks for both key identifiers.
      { name: "subjectKeyIdentifier" },
      { name: "authorityKeyIdentifier", keyIdentifier: ca.generateSubjectKeyIdentifier().getBytes() },
      {
        name: "subjectAltName",
        altNames: [
          { type: dnsName, value: "localhost" },
          // For clients that reach key vaults by their names in Azure, with the emulator as their proxy.
          { type: dnsName, value: "*.vault.azure.net" },
          { type: dnsName, value: "*.managedhsm.azure.net" },
          { type: ipAddress, ip: "127.0.0.1" },
          { type: ipAddress, ip: "::1" },
        ],
      },
    ],
  );
  return { ca: forge.pki.certificateToPem(ca), certificate: forge.pki.certificateToPem(leaf), key: server.privateKey };
}

// RFC 5280, GeneralName: the numbers that node-forge wants.
const dnsName = 2;

const ipAddress = 7;

interface Parts {
  subject: forge.pki.CertificateField[];
  issuer: forge.pki.CertificateField[];
  publicKey: string;
  signedBy: string;
}

function certificate(parts: Parts, extensions: object[]): forge.pki.Certificate {
  const made = forge.pki.createCertificate();
  made.publicKey = forge.pki.publicKeyFromPem(parts.publicKey);
  // A leading 0 byte would be dropped, a leading bit would make the number negative.
  made.serialNumber = `1${randomBytes(15).toString("hex").slice(1)}`;
  const now = Date.now();
  made.validity.notBefore = new Date(now - 24 * 3600 * 1000);
  // Apple's clients refuse certificates that are valid for longer.
  made.validity.notAfter = new Date(now + 397 * 24 * 3600 * 1000);
  made.setSubject(parts.subject);
  made.setIssuer(parts.issuer);
  made.setExtensions(extensions);
  made.sign(signer(made, parts.signedBy), forge.md.sha256.create());
  return made;
}

/** A private key of node-forge's that has Node do the work. */
function signer(made: forge.pki.Certificate, privateKey: string): forge.pki.rsa.PrivateKey {
  const signature = () => {
    const content = forge.asn1.toDer(made.tbsCertificate).getBytes();
    return sign("sha256", Buffer.from(content, "binary"), privateKey).toString("binary");
  };
  return { sign: signature } as unknown as forge.pki.rsa.PrivateKey;
}

/** By Node, as signatures are: node-forge would compute for seconds. */
async function keyPair(): Promise<{ publicKey: string; privateKey: string }> {
  return promisify(generateKeyPair)("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
}
