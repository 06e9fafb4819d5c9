import type { Reply } from "../../http/reply.js";
import { beginOperation } from "../../operations/begin.js";
import { asyncLocation, asyncOperation, locationId, retryAfter } from "../asyncHeaders.js";
import type { BackupVaultRecord } from "../records.js";
import type { VaultCall } from "../vaultPath.js";

/** The rest of a validation: there are no data sources whose permissions it could check. */
export function beginValidation(call: VaultCall, vault: BackupVaultRecord): Reply {
  const begun = beginOperation(call, { kind: "nothing" });
  const base = locationId({ subscriptionId: call.params.subscriptionId, location: vault.body.location });
  const headers = {
    ...asyncOperation(call, vault.body.id, begun),
    ...asyncLocation(call, base, begun),
    ...retryAfter(call, 10),
  };
  return { status: 202, headers };
}
