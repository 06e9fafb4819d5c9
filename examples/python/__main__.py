"""A Backup vault, and what can never be undone about it."""

import pulumi
import pulumi_azure_backup as backup

# Try a change with `pulumi preview --config immutability=Disabled`.
config = pulumi.Config()

vault = backup.BackupVault(
    "payroll",
    vault_name="bv-payroll",
    resource_group_name="rg-payroll",
    location="westeurope",
    redundancy=backup.Redundancy(config.get("redundancy") or "GeoRedundant"),
    immutability=backup.Immutability(config.get("immutability") or "Locked"),
    soft_delete={
        "state": backup.SoftDeleteState(config.get("softDelete") or "AlwaysOn"),
        "retention_duration_in_days": config.get_int("retentionDays") or 30,
    },
    tags={"owner": "payroll-team"},
)

pulumi.export("vaultId", vault.vault_id)
pulumi.export("secureScore", vault.secure_score)
