/** https://learn.microsoft.com/azure/key-vault/general/about-keys-secrets-certificates */
export function isVaultName(name: string): boolean {
  return /^[a-z][a-z0-9-]{1,22}[a-z0-9]$/i.test(name) && !name.includes("--");
}
