/** There is no key vault, or Managed HSM, of that name: anybody could take the name. */
export class NoKeyStore extends Error {
  override readonly name = "NoKeyStore";
}

export const isNoKeyStore = (error: unknown): error is NoKeyStore =>
  (error as Error | undefined)?.name === "NoKeyStore";
