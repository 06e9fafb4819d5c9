import { type FilterFields, filterOf } from "../../http/filter.js";
import { operation } from "../../http/operation.js";
import { page } from "../../http/page.js";
import { requireVault } from "../../recoveryServices/vaultPath.js";
import { policiesPath, showPolicy } from "./path.js";

export const list = operation({
  name: "BackupPolicies_List",
  method: "GET",
  path: policiesPath,
  answer(call) {
    const vault = requireVault(call);
    const wanted = filterOf(call.request.query.get("$filter"), fields);
    return page(call, [...vault.policies.values()].filter(wanted), (policy) => showPolicy(vault, policy));
  },
});

const fields: FilterFields = {
  backupManagementType: ({ properties }) => properties.backupManagementType,
  workloadType: ({ properties }) => properties.workLoadType,
  name: ({ name }) => name,
};
