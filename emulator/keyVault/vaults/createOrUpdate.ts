import { ArmError } from "../../http/armError.js";
import { operation } from "../../http/operation.js";
import { requestBody } from "../../http/requestBody.js";
import { normalLocation } from "../../resourceManager/locations.js";
import type { KeyVaultRecord } from "../records.js";
import { findStore, showStore, storeId, storePath } from "../stores/path.js";
import { recoverOrRefuse } from "../stores/recover.js";
import { resourceType } from "../stores/types.js";
import { changePolicies } from "./changePolicies.js";
import { isVaultName } from "./name.js";
import { keyVaultProperties } from "./properties.js";
import { keyVaultShape } from "./shape.js";

export const createOrUpdate = operation({
  name: "Vaults_CreateOrUpdate",
  method: "PUT",
  path: storePath("vaults"),
  answer(call) {
    const existing = findStore(call, "vaults");
    const given = requestBody(call.request, keyVaultShape);
    const { storeName: name } = call.params;
    if (!given.location) {
      throw new ArmError(400, "LocationRequired", "The location property is required for this definition.");
    }
    if (!isVaultName(name)) throw invalidName(name);
    const id = storeId(call, "vaults");
    if (existing === undefined) {
      const recovered = recoverOrRefuse(call.world, "vaults", name, id, given.properties?.createMode);
      if (recovered !== undefined) return { status: 201, body: showStore(call, recovered) };
    }
    const before = existing?.body;
    const body = {
      id: before?.id ?? id,
      name: before?.name ?? name,
      type: resourceType("vaults"),
      location: before?.location ?? normalLocation(String(given.location)),
      tags: given.tags ?? {},
      properties: keyVaultProperties(given.properties ?? {}, before?.properties),
    };
    const nobody = { ...body, properties: { accessPolicies: [] } };
    const record: KeyVaultRecord = existing ?? { body: nobody, keys: new Map(), deletedKeys: new Map() };
    changePolicies(call, record, body.properties.accessPolicies);
    record.body = body;
    call.world.keyVaults.set(id.toLowerCase(), record);
    return { status: existing === undefined ? 201 : 200, body: showStore(call, record) };
  },
});

function invalidName(name: string): ArmError {
  return new ArmError(
    400,
    "VaultNameNotValid",
    `The vault name '${name}' is invalid. A vault's name must be between 3-24 alphanumeric characters. The name must ` +
      "begin with a letter, end with a letter or digit, and not contain consecutive hyphens.",
  );
}
