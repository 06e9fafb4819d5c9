import { ArmError } from "../../http/armError.js";
import { operation } from "../../http/operation.js";
import { requestBody } from "../../http/requestBody.js";
import { normalLocation } from "../../resourceManager/locations.js";
import { localAssignment } from "../dataPlane/roleAssignments/assignment.js";
import { administrator } from "../dataPlane/roleDefinitions/builtInRoles.js";
import type { ManagedHsmRecord } from "../records.js";
import { findStore, showStore, storeId, storePath } from "../stores/path.js";
import { recoverOrRefuse } from "../stores/recover.js";
import { resourceType } from "../stores/types.js";
import { isVaultName } from "../vaults/name.js";
import { managedHsmProperties } from "./properties.js";
import { managedHsmShape } from "./shape.js";

/** A new one is activated already: there is no security domain to download first. */
export const createOrUpdate = operation({
  name: "ManagedHsms_CreateOrUpdate",
  method: "PUT",
  path: storePath("managedHSMs"),
  answer(call) {
    const existing = findStore(call, "managedHSMs");
    const given = requestBody(call.request, managedHsmShape);
    const { storeName: name } = call.params;
    if (!given.location) {
      throw new ArmError(400, "LocationRequired", "The location property is required for this definition.");
    }
    if (!isVaultName(name)) {
      const message = `The managed HSM name '${name}' is invalid. Azure's code is not known.`;
      throw new ArmError(400, "EmulatorUnverifiedManagedHsmName", message);
    }
    const id = storeId(call, "managedHSMs");
    if (existing === undefined) {
      const recovered = recoverOrRefuse(call.world, "managedHSMs", name, id, given.properties?.createMode);
      if (recovered !== undefined) return { status: 200, body: showStore(call, recovered) };
      refuseWithoutAdministrator(given.properties?.initialAdminObjectIds);
    }
    const before = existing?.body;
    const body = {
      id: before?.id ?? id,
      name: before?.name ?? name,
      type: resourceType("managedHSMs"),
      location: before?.location ?? normalLocation(String(given.location)),
      sku: before?.sku ?? { family: "B", name: "Standard_B1", ...given.sku },
      tags: given.tags ?? {},
      properties: managedHsmProperties(given.properties ?? {}, before?.properties),
    };
    const record: ManagedHsmRecord = existing ?? newHsm(body);
    record.body = body;
    call.world.managedHsms.set(id.toLowerCase(), record);
    return { status: 200, body: showStore(call, record) };
  },
});

function newHsm(body: ManagedHsmRecord["body"]): ManagedHsmRecord {
  const administrators: string[] = body.properties.initialAdminObjectIds;
  const assignments = administrators.map((principalId) => ({
    body: localAssignment("/", principalId, administrator),
    effectiveAt: 0,
  }));
  return {
    body,
    keys: new Map(),
    deletedKeys: new Map(),
    roleAssignments: new Map(assignments.map((each) => [each.body.name, each])),
  };
}

function refuseWithoutAdministrator(given: string[] = []): void {
  if (given.length > 0) return;
  const message = "initialAdminObjectIds names no administrator: a managed HSM needs one. Azure's code is not known.";
  throw new ArmError(400, "EmulatorUnverifiedManagedHsmAdministrator", message);
}
