// A Backup vault, and what can never be undone about it.
package main

import (
	"cmp"

	"github.com/pulumi-azure-backup/pulumi-azure-backup/sdk/go/azurebackup"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		// Try a change with `pulumi preview --config immutability=Disabled`.
		settings := config.New(ctx, "")
		setting := func(name, standard string) string { return cmp.Or(settings.Get(name), standard) }

		vault, err := azurebackup.NewBackupVault(ctx, "payroll", &azurebackup.BackupVaultArgs{
			VaultName:         pulumi.String("bv-payroll"),
			ResourceGroupName: pulumi.String("rg-payroll"),
			Location:          pulumi.String("westeurope"),
			Redundancy:        azurebackup.Redundancy(setting("redundancy", "GeoRedundant")),
			Immutability:      azurebackup.Immutability(setting("immutability", "Locked")),
			SoftDelete: azurebackup.SoftDeleteArgs{
				State:                   azurebackup.SoftDeleteState(setting("softDelete", "AlwaysOn")),
				RetentionDurationInDays: pulumi.Int(cmp.Or(settings.GetInt("retentionDays"), 30)),
			},
			Tags: pulumi.StringMap{"owner": pulumi.String("payroll-team")},
		})
		if err != nil {
			return err
		}
		ctx.Export("vaultId", vault.VaultId)
		ctx.Export("secureScore", vault.SecureScore)
		return nil
	})
}
