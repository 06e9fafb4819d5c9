import type { Cloud } from "./cloud.js";

/**
 * Where a Managed HSM answers, if that is a place for its tokens: in this cloud's domain of Managed HSMs; and where
 * Resource Manager itself is a process on this machine, such as the emulator, on this machine.
 */
export function managedHsmOrigin(hsmUri: string, { resourceManager, managedHsmSuffix }: Cloud): string {
  if (!URL.canParse(hsmUri)) throw new Error("Azure does not tell the address of the Managed HSM.");
  const { protocol, hostname, port, origin } = new URL(hsmUri);
  const isOfCloud = hostname.endsWith(`.${managedHsmSuffix}`) && port === "";
  const isHere = isLoopback(new URL(resourceManager).hostname) && isLoopback(hostname);
  if (protocol === "https:" && (isOfCloud || isHere)) return origin;
  throw new Error(`Azure names ${origin} as the address of a Managed HSM, which is not under ${managedHsmSuffix}.`);
}

const isLoopback = (hostname: string) => ["127.0.0.1", "localhost", "[::1]"].includes(hostname);
