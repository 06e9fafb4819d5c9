import { isUnknown } from "../../host/unknowns.js";
import type { VaultSettings } from "../vault/vaultInputs.js";
import { userAssignedIdentity } from "./identity.js";
import { list, type Parse, record } from "./parse.js";
import { oneOf } from "./values.js";

/** Azure answers `SystemAssigned,UserAssigned`; the spelling with a space is accepted there and here. */
const identityType: Parse = (value, path, problems) =>
  oneOf(
    "SystemAssigned",
    "UserAssigned",
    "SystemAssigned,UserAssigned",
    "None",
  )(typeof value === "string" ? value.replaceAll(" ", "") : value, path, problems);

/** The identities of a vault. */
export const vaultIdentity: Parse = (value, path, problems) => {
  const fields = { type: identityType, userAssignedIdentities: list(userAssignedIdentity) };
  const parsed = record(fields, ["type"])(value, path, problems) as VaultSettings["identity"];
  if (!parsed || isUnknown(parsed) || typeof parsed.type !== "string" || isUnknown(parsed.type)) return parsed;
  const ids = parsed.userAssignedIdentities;
  const wantsIds = parsed.type.includes("UserAssigned");
  if (wantsIds && (ids === undefined || ids.length === 0)) {
    problems.push({
      path: `${path}.userAssignedIdentities`,
      expected: `must name an identity: type is ${parsed.type}`,
    });
  }
  if (!wantsIds && ids !== undefined && !isUnknown(ids) && ids.length > 0) {
    problems.push({ path: `${path}.userAssignedIdentities`, expected: `must be left out: type is ${parsed.type}` });
  }
  return wantsIds ? parsed : { type: parsed.type };
};
