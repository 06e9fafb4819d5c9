import { unknown } from "../../provider/vaults/ruleVault.js";
import type { Value } from "../values.js";
import type { PartAdapter, PreviewAdapter, Subject } from "./adapters.js";
import { azureClassic, azureClassicKey, azureClassicRecovery } from "./azureClassic.js";

/**
 * Terraform's provider, in Terraform or as a package that Pulumi makes of it. Pulumi's classic provider is made of it as
 * well, so that its arguments are the same except for their spelling.
 * https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/data_protection_backup_vault
 */
export function azurermSubject(type: string): Subject | undefined {
  const [, terraform, pulumi] = /^(?:azurerm_(\w+)|azurerm:index\/(\w+):\w+)$/.exec(type) ?? [];
  const name = terraform === undefined ? pulumi : inCamelCase(terraform);
  if (name === undefined) return undefined;
  const known = Object.hasOwn(types, name) ? types[name] : undefined;
  if (known || !/^(dataProtectionBackupVault|recoveryServicesVault)/.test(name)) return known;
  return { is: "unsupported", provider: "azurerm", why: `This version does not know the type ${type}.` };
}

const vault = (classic: PreviewAdapter): PreviewAdapter => ({
  ...classic,
  provider: "azurerm",
  settings: (values) => classic.settings(asClassic(values)),
  state: (values) => classic.state(asClassic(values)),
  property: (name) => classic.property(inCamelCase(name)),
});

const part = (classic: PartAdapter): PartAdapter => ({
  ...classic,
  provider: "azurerm",
  vaultId: (settings) => classic.vaultId(asClassic(settings)),
  added: (has, settings) => classic.added(has, asClassic(settings)),
  removed: (has, settings) => classic.removed(has, asClassic(settings)),
});

const types: Record<string, Subject> = {
  dataProtectionBackupVault: { is: "vault", vault: vault(azureClassic) },
  dataProtectionBackupVaultCustomerManagedKey: { is: "part", part: part(azureClassicKey) },
  recoveryServicesVault: { is: "vault", vault: vault(azureClassicRecovery) },
};

const inCamelCase = (name: string): string => name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** Blocks that can occur once, which Terraform has as lists. */
const blocks = ["identity", "encryption", "monitoring"];

function asClassic(values: Value): Value {
  if (values === unknown) return unknown;
  const named = Object.entries(Object(values) as Record<string, Value>).map(([name, value]) => {
    const isBlock = blocks.includes(name);
    const [first] = isBlock && Array.isArray(value) ? value : [value];
    const isObject = typeof first === "object" && first !== null && !Array.isArray(first);
    return [inCamelCase(name), isBlock && isObject ? asClassic(first) : first];
  });
  return Object.fromEntries(named);
}
