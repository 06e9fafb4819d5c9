import { unknown } from "../../provider/vaults/ruleVault.js";
import type { Value } from "../values.js";
import type { Reading } from "./reading.js";

/**
 * Each is true for roles and false for access policies. azurerm 4 has the last two, and writes the one that changes: the other
 * one keeps its value in a plan.
 * https://github.com/hashicorp/terraform-provider-azurerm/blob/main/internal/services/keyvault/key_vault_resource.go
 */
const names = ["properties.enableRbacAuthorization", "enableRbacAuthorization", "rbacAuthorizationEnabled"];

/** Whether a key vault's permissions are roles. */
export const permissionModelOf = (store: Reading): Value => store.value(...names);

/** What an update makes of it. Undefined if it stays, also because it is not set. */
export function newPermissionModel(old: Reading, wanted: Reading, hidesDifference = false): Value {
  const changed: Value[] = names.map((name) => {
    const wants = wanted.value(name);
    const isSame = wants === old.value(name, ...names) && !(hidesDifference && wants === unknown);
    return isSame ? undefined : wants;
  });
  const set = changed.filter((each) => each !== undefined);
  // What the provider fills in is only known afterwards.
  const [model, other] = new Set(set.filter((each) => each !== unknown));
  return other === undefined ? (model ?? set[0]) : unknown;
}
