# What is deployed before the changes of changed.tf.
terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm" }
  }
}

provider "azurerm" {
  resource_provider_registrations = "none"
  features {}
}

variable "immutability" {
  type      = string
  default   = "Unlocked"
  sensitive = true
}

locals {
  group    = azurerm_resource_group.backup.name
  location = azurerm_resource_group.backup.location
}

resource "azurerm_resource_group" "backup" {
  name     = "rg-plans"
  location = "westeurope"
}

resource "azurerm_data_protection_backup_vault" "redundancy" {
  name                = "bv-redundancy"
  resource_group_name = local.group
  location            = local.location
  datastore_type      = "VaultStore"
  redundancy          = "GeoRedundant"
}

resource "azurerm_data_protection_backup_vault" "locked" {
  name                = "bv-locked"
  resource_group_name = local.group
  location            = local.location
  datastore_type      = "VaultStore"
  redundancy          = "LocallyRedundant"
  immutability        = "Locked"
}

resource "azurerm_data_protection_backup_vault" "always_on" {
  name                = "bv-always-on"
  resource_group_name = local.group
  location            = local.location
  datastore_type      = "VaultStore"
  redundancy          = "LocallyRedundant"
  soft_delete         = "AlwaysOn"
}

resource "azurerm_data_protection_backup_vault" "cross_region" {
  name                         = "bv-cross-region"
  resource_group_name          = local.group
  location                     = local.location
  datastore_type               = "VaultStore"
  redundancy                   = "GeoRedundant"
  cross_region_restore_enabled = true
}

resource "azurerm_data_protection_backup_vault" "keyed" {
  name                = "bv-keyed"
  resource_group_name = local.group
  location            = local.location
  datastore_type      = "VaultStore"
  redundancy          = "LocallyRedundant"
  identity { type = "SystemAssigned" }
}

resource "azurerm_data_protection_backup_vault_customer_managed_key" "keyed" {
  data_protection_backup_vault_id = azurerm_data_protection_backup_vault.keyed.id
  key_vault_key_id                = "https://kv-plans.vault.azure.net/keys/first"
}

resource "azurerm_data_protection_backup_vault" "destroyed" {
  name                = "bv-destroyed"
  resource_group_name = local.group
  location            = local.location
  datastore_type      = "VaultStore"
  redundancy          = "LocallyRedundant"
}

resource "azurerm_data_protection_backup_vault" "forgotten" {
  name                = "bv-forgotten"
  resource_group_name = local.group
  location            = local.location
  datastore_type      = "VaultStore"
  redundancy          = "LocallyRedundant"
}

resource "azurerm_data_protection_backup_vault" "old_name" {
  name                = "bv-moved"
  resource_group_name = local.group
  location            = local.location
  datastore_type      = "VaultStore"
  redundancy          = "LocallyRedundant"
}

resource "azurerm_data_protection_backup_vault" "unchanged" {
  name                = "bv-unchanged"
  resource_group_name = local.group
  location            = local.location
  datastore_type      = "VaultStore"
  redundancy          = "LocallyRedundant"
}

resource "azurerm_data_protection_backup_vault" "sensitive" {
  name                = "bv-sensitive"
  resource_group_name = local.group
  location            = local.location
  datastore_type      = "VaultStore"
  redundancy          = "LocallyRedundant"
  immutability        = var.immutability
}

resource "azurerm_data_protection_backup_policy_disk" "daily" {
  name                            = "daily"
  vault_id                        = azurerm_data_protection_backup_vault.unchanged.id
  backup_repeating_time_intervals = ["R/2026-01-01T02:00:00+00:00/P1D"]
  default_retention_duration      = "P7D"
}

module "regional" {
  source   = "./regional"
  for_each = toset(["northeurope", "westeurope"])
  group    = local.group
  location = each.key
}

resource "azurerm_recovery_services_vault" "encrypted" {
  name                = "rsv-encrypted"
  resource_group_name = local.group
  location            = local.location
  sku                 = "Standard"
  identity { type = "SystemAssigned" }
  encryption {
    key_id                            = "https://kv-plans.vault.azure.net/keys/first"
    infrastructure_encryption_enabled = false
  }
}

resource "azurerm_recovery_services_vault" "locked" {
  name                = "rsv-locked"
  resource_group_name = local.group
  location            = local.location
  sku                 = "Standard"
  immutability        = "Locked"
}

resource "azurerm_recovery_services_vault" "cross_region" {
  name                         = "rsv-cross-region"
  resource_group_name          = local.group
  location                     = local.location
  sku                          = "Standard"
  cross_region_restore_enabled = true
}
