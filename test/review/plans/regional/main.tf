variable "group" { type = string }
variable "location" { type = string }
variable "redundancy" {
  type    = string
  default = "LocallyRedundant"
}

resource "azurerm_data_protection_backup_vault" "main" {
  count               = 1
  name                = "bv-${var.location}"
  resource_group_name = var.group
  location            = var.location
  datastore_type      = "VaultStore"
  redundancy          = var.redundancy
}
