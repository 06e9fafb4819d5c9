/** Scopes inside a Managed HSM are `/`, `/keys` and `/keys/<name>`: the first one is an empty path. */
export const atScopes = <Path extends string>(path: Path) =>
  [
    `/providers/Microsoft.Authorization/${path}`,
    `/{scope}/providers/Microsoft.Authorization/${path}`,
  ] as readonly `/{scope}/providers/Microsoft.Authorization/${Path}`[];

export function localScope({ scope = "" }: { scope?: string }): string {
  return `/${scope.replace(/^\/+|\/+$/g, "")}`;
}
