import { readFile } from "node:fs/promises";
import { CredentialError } from "./errors/credentialError.js";

/** A certificate with its private key as PEM. azurerm takes PKCS#12 files (.pfx), @azure/identity only PEM. */
export async function pemFrom(path: string, password: string | undefined): Promise<string> {
  const content = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new CredentialError(`The client certificate ${path} cannot be read: ${error.code}.`);
  });
  if (content.includes("-----BEGIN ")) return decrypted(content.toString("utf8"), path, password);
  const { default: forge } = await import("node-forge");
  try {
    const asn1 = forge.asn1.fromDer(content.toString("binary"));
    const pfx = forge.pkcs12.pkcs12FromAsn1(asn1, password ?? "");
    const { pkcs8ShroudedKeyBag = "", keyBag = "", certBag = "" } = forge.pki.oids;
    const bags = (bagType: string) => pfx.getBags({ bagType })[bagType] ?? [];
    const key = [...bags(pkcs8ShroudedKeyBag), ...bags(keyBag)][0]?.key;
    const certificates = bags(certBag).flatMap(({ cert }) => (cert ? [forge.pki.certificateToPem(cert)] : []));
    if (key && certificates.length > 0) return [forge.pki.privateKeyToPem(key), ...certificates].join("\n");
  } catch {
    // A wrong password and a damaged file look alike, and the library's words help with neither.
  }
  throw new CredentialError(
    `The client certificate ${path} is neither PEM nor a PKCS#12 file that opens with the given password. ` +
      "Check clientCertificatePath and clientCertificatePassword.",
  );
}

/** Node decrypts the key; what @azure/identity gets is plain PEM. */
async function decrypted(pem: string, path: string, password: string | undefined): Promise<string> {
  if (!/-----BEGIN ENCRYPTED PRIVATE KEY-----|Proc-Type: 4,ENCRYPTED/.test(pem)) return pem;
  const { createPrivateKey } = await import("node:crypto");
  try {
    const key = createPrivateKey({ key: pem, passphrase: password ?? "" }).export({ type: "pkcs8", format: "pem" });
    return [key, ...(pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [])].join("\n");
  } catch {
    throw new CredentialError(`The key in ${path} does not open with the given clientCertificatePassword.`);
  }
}
