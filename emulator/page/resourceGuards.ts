import { isActionGranted, isPermitted } from "../authorization/access.js";
import type { ArmResource } from "../state/records.js";
import type { World } from "../state/world.js";
import { recordsOf } from "./contentsView.js";
import { principalNames } from "./keyStores.js";

export interface ResourceGuardView {
  id: string;
  name: string;
  resourceGroup: string;
  location: string;
  /** What its owner has taken from its protection. */
  excludes: string[];
  /** The vaults that it protects. */
  vaults: string[];
  /** Who may do now what it protects. */
  consents: string[];
}

/** As for `guardConsent.ts`: Backup MUA Operator has all of this service, and Reader has none. */
const action = "Microsoft.DataProtection/resourceGuards/operationRequests/action";

export function resourceGuards(world: World, guards: readonly ArmResource[]): ResourceGuardView[] {
  const names = principalNames(world);
  const vaults = [world.vaults, world.recoveryServicesVaults].flatMap((all) => [...all.values()]);
  const principals = new Set(recordsOf(world.roleAssignments).map(({ body }) => String(body.properties.principalId)));
  const now = Date.now();
  const mayUse = (id: string, principal: string) =>
    principal === world.application.objectId
      ? isPermitted(world, id, action, now)
      : isActionGranted(world, id, principal, action, now);
  return guards.map(({ id, name, location, properties }) => ({
    id,
    name,
    resourceGroup: id.split("/")[4] ?? "",
    location,
    excludes: properties.vaultCriticalOperationExclusionList ?? [],
    vaults: vaults
      .filter(({ guardProxies }) =>
        [...guardProxies.values()].some(
          (proxy) => String(proxy.properties.resourceGuardResourceId).toLowerCase() === id.toLowerCase(),
        ),
      )
      .map(({ body }) => body.name),
    consents: [...new Set([world.application.objectId, ...principals])]
      .filter((principal) => mayUse(id, principal))
      .map((principal) => names.get(principal) ?? principal),
  }));
}
