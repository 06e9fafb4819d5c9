import type { ArmResource } from "../../armResource.js";
import { operation } from "../../http/operation.js";
import { page } from "../../http/page.js";
import { requireVault } from "../vaultPath.js";
import { jobsPath } from "./path.js";

/** All jobs of the vault: the specification has no filter here, so none has an effect. */
export const list = operation({
  name: "Jobs_List",
  method: "GET",
  path: jobsPath,
  answer: (call) => page(call, [...requireVault(call).jobs.values()], withoutExtendedInfo),
});

/** Recorded: only a single job shows its tasks. */
function withoutExtendedInfo({ properties, ...job }: ArmResource): ArmResource {
  return { properties: { ...properties, supportedActions: [], extendedInfo: null }, ...job };
}
