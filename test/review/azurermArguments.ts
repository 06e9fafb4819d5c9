/*
 * Names that azurerm has, of its versions 4.81 and 5.2, by type. From the schema of each resource:
 * https://github.com/hashicorp/terraform-provider-azurerm/tree/main/internal/services/dataprotection
 * https://github.com/hashicorp/terraform-provider-azurerm/tree/main/internal/services/recoveryservices
 */

interface Arguments {
  policy: string;
  /** The type of its policies. */
  policyType: string;
  /** What selects parts of the source, with a value and one that leaves something of that out. */
  parts: [name: string, had: unknown, has: unknown][];
}

const ofInstance = (name: string) => `azurerm_data_protection_backup_instance_${name}`;
const ofPolicy = (name: string) => `azurerm_data_protection_backup_policy_${name}`;

const plain = (name: string): Arguments & { vault: string } => ({
  vault: "vault_id",
  policy: "backup_policy_id",
  policyType: ofPolicy(name),
  parts: [],
});
const inCluster = (had: object, has: object): Arguments["parts"][number] => [
  "backup_datasource_parameters",
  [had],
  [has],
];

export const azurermInstances: Record<string, Arguments & { vault: string }> = {
  [ofInstance("blob_storage")]: {
    ...plain("blob_storage"),
    parts: [["storage_account_container_names", ["a", "b"], ["a"]]],
  },
  [ofInstance("data_lake_storage")]: {
    vault: "data_protection_backup_vault_id",
    policy: "backup_policy_data_lake_storage_id",
    policyType: ofPolicy("data_lake_storage"),
    parts: [["storage_container_names", ["a", "b"], ["a"]]],
  },
  [ofInstance("disk")]: plain("disk"),
  [ofInstance("kubernetes_cluster")]: {
    ...plain("kubernetes_cluster"),
    parts: [
      inCluster({}, { excluded_namespaces: ["a"] }),
      inCluster({}, { excluded_resource_types: ["a"] }),
      inCluster({ included_namespaces: ["a", "b"] }, { included_namespaces: ["a"] }),
      inCluster({ included_resource_types: ["a", "b"] }, { included_resource_types: ["a"] }),
      inCluster({}, { label_selectors: ["a"] }),
      inCluster({ cluster_scoped_resources_enabled: true }, { cluster_scoped_resources_enabled: false }),
      inCluster({ volume_snapshot_enabled: true }, { volume_snapshot_enabled: false }),
    ],
  },
  [ofInstance("mysql_flexible_server")]: plain("mysql_flexible_server"),
  [ofInstance("postgresql")]: plain("postgresql"),
  [ofInstance("postgresql_flexible_server")]: plain("postgresql_flexible_server"),
};

export const azurermItems: Record<string, Arguments> = {
  azurerm_backup_protected_vm: {
    policy: "backup_policy_id",
    policyType: "azurerm_backup_policy_vm",
    parts: [
      ["exclude_disk_luns", [], [0]],
      ["include_disk_luns", [0, 1], [0]],
    ],
  },
  azurerm_backup_protected_file_share: {
    policy: "backup_policy_id",
    policyType: "azurerm_backup_policy_file_share",
    parts: [],
  },
};

type Pair = [long: object, short: object];

const inRule = (of: (duration: string) => object): Pair => {
  const rules = (duration: string) => ({
    default_retention_duration: "P7D",
    default_retention_rule: [{ life_cycle: [{ data_store_type: "VaultStore", duration: "P7D" }] }],
    vault_default_retention_duration: "P7D",
    retention_rule: [{ name: "Weekly", ...of(duration) }],
  });
  return [rules("P30D"), rules("P14D")];
};
const inLifeCycle = inRule((duration) => ({ life_cycle: [{ data_store_type: "VaultStore", duration }] }));
const inDuration = inRule((duration) => ({ duration }));
const inDefault = (of: (duration: string) => object): Pair => [of("P30D"), of("P7D")];
const byRules: Pair[] = [
  inDefault((duration) => ({
    default_retention_rule: [{ life_cycle: [{ data_store_type: "VaultStore", duration }] }],
  })),
  inLifeCycle,
];
const byDuration: Pair[] = [inDefault((duration) => ({ default_retention_duration: duration })), inDuration];
const tiers = ["daily", "weekly", "monthly", "yearly"].map((tier): Pair => {
  const of = (count: number) => ({
    policy_type: "V2",
    retention_daily: [{ count: 30 }],
    [`retention_${tier}`]: [{ count }],
  });
  return [of(9), of(7)];
});
const ofDatabase = (of: (count: number) => object): Pair => [
  { protection_policy: [of(30)] },
  { protection_policy: [of(7)] },
];

/** By type, what keeps backups for long and what for less. */
export const azurermPolicies: Record<string, Pair[]> = {
  [ofPolicy("blob_storage")]: [
    inDefault((duration) => ({ operational_default_retention_duration: duration })),
    inDefault((duration) => ({ vault_default_retention_duration: duration })),
    inLifeCycle,
  ],
  [ofPolicy("data_lake_storage")]: byDuration,
  [ofPolicy("disk")]: byDuration,
  [ofPolicy("kubernetes_cluster")]: byRules,
  [ofPolicy("mysql_flexible_server")]: byRules,
  [ofPolicy("postgresql")]: byDuration,
  [ofPolicy("postgresql_flexible_server")]: byRules,
  azurerm_backup_policy_vm: [
    ...tiers,
    [
      { policy_type: "V2", retention_daily: [{ count: 30 }], instant_restore_retention_days: 7 },
      { policy_type: "V2", retention_daily: [{ count: 30 }], instant_restore_retention_days: 2 },
    ],
  ],
  azurerm_backup_policy_file_share: tiers,
  azurerm_backup_policy_vm_workload: [
    ...["daily", "weekly", "monthly", "yearly"].map((tier) =>
      ofDatabase((count) => ({ policy_type: "Full", [`retention_${tier}`]: [{ count }] })),
    ),
    ...["Differential", "Incremental", "Log"].map((policy_type) =>
      ofDatabase((count) => ({ policy_type, simple_retention: [{ count }] })),
    ),
  ],
};
