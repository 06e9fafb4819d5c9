import type { ResourceGuardProxyResource } from "../../azure/index.js";
import {
  associationIdForm,
  canonicalGuardId,
  guardIdForm,
  guardIdOf,
  parseGuardId,
  vaultOfAssociation,
} from "../../vaults/guardId.js";
import { duration, vaultId } from "../../vaults/sharedSettings.js";
import { fields, type Problem, parseFields, text } from "../../vaults/values.js";

/** The vault and its resource guard. Any value may be the engine's text for "not known yet". */
export type AssociationInputs = {
  vault: string;
  resourceGuard: string;
  timeouts?: { create?: string; delete?: string };
};

const guardId = text(`must be an ARM ID of the form ${guardIdForm}`, (given) => {
  const id = parseGuardId(given);
  return id && guardIdOf(id);
});

const associationArguments = fields(
  { vault: vaultId, resourceGuard: guardId, timeouts: fields({ create: duration, delete: duration }) },
  ["vault", "resourceGuard"],
);

/** `olds` are the inputs of the existing association. A value that differs only in case keeps its old spelling. */
export function parseAssociation(
  news: Record<string, unknown>,
  olds: Partial<AssociationInputs>,
): { inputs: AssociationInputs; problems: Problem[] } {
  const problems: Problem[] = [];
  const inputs = parseFields(associationArguments, news, "", problems) as AssociationInputs;
  for (const name of ["vault", "resourceGuard"] as const) {
    const before = olds[name];
    if (before?.toLowerCase() === inputs[name].toLowerCase()) inputs[name] = before;
  }
  return { inputs, problems };
}

/** The vault of an association of which nothing is recorded. */
export function vaultIn(id: string): string {
  const vault = vaultOfAssociation(id);
  if (!vault) throw new Error(`"${id}" is not the ID of a ResourceGuardAssociation. Use ${associationIdForm}.`);
  return vault;
}

/** What the guard protects on this vault, and which request each operation needs. */
export const associationOutputs = ({ properties }: ResourceGuardProxyResource) => ({
  resourceGuardOperationDetails: (properties.resourceGuardOperationDetails ?? []).map(
    ({ vaultCriticalOperation = "", defaultResourceRequest = "" }) => ({
      vaultCriticalOperation,
      defaultResourceRequest,
    }),
  ),
});

/** In the documentation's spelling. */
export const guardOf = ({ properties }: ResourceGuardProxyResource): string =>
  canonicalGuardId(properties.resourceGuardResourceId);
