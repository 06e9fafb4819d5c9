terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm" }
  }
}

provider "azurerm" {
  resource_provider_registrations = "none"
  features {}
}

# Is 30 in what is deployed first, and 7 in what is planned then.
variable "days" { type = number }

locals {
  group = azurerm_resource_group.backup.name
  vault = azurerm_recovery_services_vault.policies.name
}

resource "azurerm_resource_group" "backup" {
  name     = "rg-policies"
  location = "westeurope"
}

resource "azurerm_recovery_services_vault" "policies" {
  name                = "rsv-policies"
  resource_group_name = local.group
  location            = "westeurope"
  sku                 = "Standard"
  immutability        = "Unlocked"
}

resource "azurerm_data_protection_backup_vault" "policies" {
  name                = "bv-policies"
  resource_group_name = local.group
  location            = "westeurope"
  datastore_type      = "VaultStore"
  redundancy          = "LocallyRedundant"
}

resource "azurerm_backup_policy_vm" "standard" {
  name                = "standard"
  resource_group_name = local.group
  recovery_vault_name = local.vault
  backup {
    frequency = "Daily"
    time      = "23:00"
  }
  retention_daily { count = var.days }
}

resource "azurerm_backup_policy_vm" "enhanced" {
  name                           = "enhanced"
  resource_group_name            = local.group
  recovery_vault_name            = local.vault
  policy_type                    = "V2"
  instant_restore_retention_days = var.days
  backup {
    frequency = "Daily"
    time      = "23:00"
  }
  retention_daily { count = 40 }
}

# Its number is known after the apply only.
resource "terraform_data" "count" {
  triggers_replace = var.days
}

resource "azurerm_backup_policy_vm" "open" {
  name                = "open"
  resource_group_name = local.group
  recovery_vault_name = local.vault
  backup {
    frequency = "Daily"
    time      = "23:00"
  }
  retention_daily { count = terraform_data.count.id == "" ? 7 : 30 }
}

resource "azurerm_backup_policy_file_share" "snapshots" {
  name                = "snapshots"
  resource_group_name = local.group
  recovery_vault_name = local.vault
  backup {
    frequency = "Daily"
    time      = "23:00"
  }
  retention_daily { count = var.days }
}

resource "azurerm_backup_policy_file_share" "vaulted" {
  name                       = "vaulted"
  resource_group_name        = local.group
  recovery_vault_name        = local.vault
  backup_tier                = "vault-standard"
  snapshot_retention_in_days = var.days
  backup {
    frequency = "Daily"
    time      = "23:00"
  }
  retention_daily { count = 40 }
}

resource "azurerm_backup_policy_vm_workload" "databases" {
  name                = "databases"
  resource_group_name = local.group
  recovery_vault_name = local.vault
  workload_type       = "SQLDataBase"
  settings { time_zone = "UTC" }
  protection_policy {
    policy_type = "Full"
    backup {
      frequency = "Daily"
      time      = "15:00"
    }
    retention_daily { count = 40 }
  }
  protection_policy {
    policy_type = "Log"
    backup { frequency_in_minutes = 15 }
    simple_retention { count = var.days }
  }
}

resource "azurerm_data_protection_backup_policy_disk" "disks" {
  name                            = "disks"
  vault_id                        = azurerm_data_protection_backup_vault.policies.id
  backup_repeating_time_intervals = ["R/2026-01-01T02:00:00+00:00/P1D"]
  default_retention_duration      = "P${var.days}D"
}

resource "azurerm_data_protection_backup_policy_blob_storage" "blobs" {
  name                                   = "blobs"
  vault_id                               = azurerm_data_protection_backup_vault.policies.id
  operational_default_retention_duration = "P${var.days}D"
}

resource "azurerm_data_protection_backup_policy_kubernetes_cluster" "clusters" {
  name                            = "clusters"
  resource_group_name             = local.group
  vault_name                      = azurerm_data_protection_backup_vault.policies.name
  backup_repeating_time_intervals = ["R/2026-01-01T02:00:00+00:00/P1D"]
  default_retention_rule {
    life_cycle {
      data_store_type = "OperationalStore"
      duration        = "P${var.days}D"
    }
  }
}

resource "azurerm_data_protection_backup_policy_postgresql_flexible_server" "servers" {
  name                            = "servers"
  vault_id                        = azurerm_data_protection_backup_vault.policies.id
  backup_repeating_time_intervals = ["R/2026-01-01T02:00:00+00:00/P1W"]
  default_retention_rule {
    life_cycle {
      data_store_type = "VaultStore"
      duration        = "P${var.days}D"
    }
  }
}
