/** https://learn.microsoft.com/azure/key-vault/general/about-keys-secrets-certificates#object-identifiers */
export function isKeyName(name: string): boolean {
  return /^[0-9a-z-]{1,127}$/i.test(name);
}
