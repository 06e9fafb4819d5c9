import { textAt } from "../../provider/vaults/body.js";
import { unknown } from "../../provider/vaults/ruleVault.js";
import type { PlannedChange } from "../changes/plannedChange.js";
import { at } from "../values.js";
import type { Subject } from "./adapters.js";
import { partsOf } from "./adapters.js";
import { armSubject } from "./armBody.js";

/** A resource of a Bicep file or an ARM template, whose type is Azure's own. */
export function templateSubject({
  type,
  old,
  new: wanted,
}: Pick<PlannedChange, "type" | "old" | "new">): Subject | undefined {
  if (!/^microsoft\./i.test(type)) return undefined;
  const apiVersion = (wanted ?? old)?.outputs.apiVersion;
  return armSubject({
    provider: "arm",
    armType: type,
    apiVersion: typeof apiVersion === "string" ? apiVersion : "",
    body: (values) => values,
    parentId(values) {
      const id = at(values, "id");
      return typeof id === "string" ? id.split("/").slice(0, -2).join("/") : unknown;
    },
    names(values) {
      const { vaultName, resourceGroupName } = partsOf(textAt(values, "id"));
      return { vaultName: vaultName ?? at(values, "name"), resourceGroupName };
    },
  });
}
