import { fields, type PlannedChange, type State } from "./plannedChange.js";

/**
 * What a plan's configuration says of azurerm's block `features`, as far as it changes what a deletion does to backups.
 * https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/guides/features-block#recovery_service
 */
export function azurermFeatures() {
  const deletions: Deletion[] = [];
  let configurations: Configuration[] = [];
  const keys = new Map<string, string>();

  return {
    /** A plan has the changes before the configuration. */
    note({ type, old }: PlannedChange, change: unknown): void {
      const { address, provider_name } = fields(change);
      if (old && Object.hasOwn(effects, type)) {
        deletions.push({ type, old, address: withoutKeys(String(address)), provider: provider_name });
      }
    },

    read(configuration: unknown): void {
      const { provider_config, root_module } = fields(configuration);
      configurations = Object.entries(fields(provider_config)).map(([key, value]) => {
        const { full_name, expressions } = fields(value);
        return {
          key,
          provider: full_name,
          ...(expressions !== undefined && { features: recoveryService(expressions) }),
        };
      });
      keysIn(root_module, "", keys);
    },

    apply(): void {
      for (const { type, old, address, provider } of deletions) {
        const own = configurations.find(({ key }) => key === keys.get(address));
        // Of a resource that the configuration no longer has, a plan does not say which configuration of the provider deletes
        // it. One that is passed to a module may have no expressions either: it is one of those that have.
        const possible = own?.features ? [own] : configurations.filter((each) => each.provider === provider);
        const features = possible.map((each) => each.features).filter((each) => each !== undefined);
        if (features.length > 0) Object.assign(old, effects[type]?.(features));
      }
    },
  };
}

interface Deletion {
  type: string;
  old: State;
  /** Without the keys of instances, as the configuration has it. */
  address: string;
  provider: unknown;
}

interface Configuration {
  key: string;
  provider: unknown;
  /** Absent: no block of this configuration is there. */
  features?: Features;
}

/** The settings by name. Absent: the default, which is false. Unknown: an expression that a plan shows without its value. */
type Features = Record<string, boolean | "unknown">;

/** What they mean for a deletion. Where they are not known, or not the same in each possible configuration: the worse. */
const effects: Record<string, (possible: readonly Features[]) => Partial<State>> = {
  azurerm_backup_protected_vm(possible) {
    const [way, ...others] = new Set(possible.map(keptBy));
    return way && others.length === 0 ? { keepsBackups: way } : {};
  },
  azurerm_recovery_services_vault(possible) {
    const isPossible = possible.some(
      ({ purge_protected_items_from_vault_on_destroy: purge = false }) => purge !== false,
    );
    return isPossible ? { deletesItems: true } : {};
  },
};

/** As azurerm decides if both are set. */
function keptBy({
  vm_backup_stop_protection_and_retain_data_on_destroy: isStopped,
  vm_backup_suspend_protection_and_retain_data_on_destroy: isSuspended,
}: Features): State["keepsBackups"] {
  if (isSuspended === true) return "suspend";
  return isStopped === true ? "stopProtectionRetainData" : undefined;
}

function recoveryService(expressions: unknown): Features {
  const block = onlyBlock(fields(onlyBlock(fields(expressions).features)).recovery_service);
  return Object.fromEntries(Object.entries(fields(block)).map(([name, expression]) => [name, isSet(expression)]));
}

/** Terraform writes a block that can occur once as a list. */
const onlyBlock = (value: unknown): unknown => (Array.isArray(value) ? value[0] : value);

/** Terraform converts a text to a boolean. */
function isSet(expression: unknown): boolean | "unknown" {
  const { constant_value = "unknown" } = fields(expression);
  if (constant_value === null) return false;
  const text = String(constant_value);
  return text === "true" || text === "false" ? text === "true" : "unknown";
}

/** The keys of the provider configurations of a module's resources, by their addresses. */
function keysIn(module: unknown, prefix: string, keys: Map<string, string>): void {
  const { resources, module_calls } = fields(module);
  for (const resource of Array.isArray(resources) ? resources : []) {
    const { address, type, provider_config_key } = fields(resource);
    if (Object.hasOwn(effects, String(type))) keys.set(`${prefix}${address}`, String(provider_config_key));
  }
  for (const [name, call] of Object.entries(fields(module_calls))) {
    keysIn(fields(call).module, `${prefix}module.${name}.`, keys);
  }
}

/** As a configuration has it. */
export const withoutKeys = (address: string): string => address.replace(/\[(?:\d+|"(?:[^"\\]|\\.)*")\]/g, "");
