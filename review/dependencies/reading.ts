import { isDeepStrictEqual } from "node:util";
import { type Maybe, unknown } from "../../provider/vaults/ruleVault.js";
import { parseVaultId, type VaultKind } from "../../provider/vaults/vaultId.js";
import { fields, type PlannedChange, type State } from "../changes/plannedChange.js";
import type { Provider } from "../report.js";
import { at, containsUnknown, toValue, type Value } from "../values.js";
import { bodyFrom } from "../vaults/armBody.js";

/** The properties of a resource, whichever provider describes it. */
export interface Reading {
  id?: string;
  /** The value at the first of these paths that has one. */
  value(...paths: string[]): Value;
  /** The same for a text; another value is unknown. */
  text(...paths: string[]): Maybe<string> | undefined;
}

/** @param isCurrent its outputs count, too: what a resource becomes, only its inputs say */
export function readingOf(state: State | undefined, isCurrent: boolean): Reading {
  const { id, inputs = {}, outputs = {} } = state ?? {};
  // azapi has Azure's own body in an argument, as an object or as JSON.
  const body = bodyFrom(toValue(inputs.body ?? (isCurrent ? outputs.body : undefined)));
  const isHidden = body === unknown || (inputs.sensitiveBody ?? inputs.sensitive_body ?? undefined) !== undefined;
  const values = toValue({ ...fields(body), ...inputs, ...(isCurrent && outputs) });
  const answered = isCurrent ? answerIn({ ...inputs, ...outputs }) : undefined;
  const value: Reading["value"] = (...paths) => {
    const inOne = (all: Value) => paths.map((path) => at(all, path)).find(isSet);
    return inOne(values) ?? inOne(answered) ?? (isHidden ? unknown : undefined);
  };
  return {
    ...(id !== undefined && { id }),
    value,
    text(...paths) {
      const found = value(...paths);
      return found === undefined || typeof found === "string" ? found : unknown;
    },
  };
}

/** What azapi has of Azure's answer, as far as the program asks for it: an object, or JSON. */
const answerIn = ({ type, output }: Record<string, unknown>): Value =>
  typeof type === "string" && type.includes("@") ? bodyFrom(toValue(output)) : undefined;

/** Terraform's providers have an empty text in the state for what the program leaves out. */
export const isSet = (value: Value): boolean => value !== undefined && value !== null && value !== "";

/** What a change makes of a resource. Its ID, which the program does not have, may be all that says where it is. */
export function readingOfWanted({ old, new: wanted }: Pick<PlannedChange, "old" | "new">): Reading {
  const id = wanted?.id ?? old?.id;
  return readingOf(wanted && { ...wanted, ...(id !== undefined && { id }) }, false);
}

/** Whether a value that the tool hides, or that contains such a one, is the same in the arguments before and after a change. */
export const isSameHidden = ({ hidesDifference }: Pick<PlannedChange, "hidesDifference">, had: Value, has: Value) =>
  !hidesDifference && containsUnknown(had) && isDeepStrictEqual(had, has);

/** Who writes a policy, and as which type. */
export interface PolicyType {
  provider: Provider;
  type: string;
}

/** A vault. Its name may be secret: `Knowledge` says what a page calls it. */
export interface VaultRef {
  kind: VaultKind;
  id: string;
}

const vaultPart =
  /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.(?:DataProtection\/backupVaults|RecoveryServices\/vaults)\/[^/#]+/i;

/** The vault that an ARM ID is of, or of something in it. */
export function vaultIn(id: unknown): VaultRef | undefined {
  const [found = ""] = (typeof id === "string" && vaultPart.exec(id)) || [];
  const parsed = parseVaultId(found);
  return parsed && { kind: parsed.kind, id: found };
}

export const sameId = (a: unknown, b: unknown): boolean =>
  typeof a === "string" && typeof b === "string" && a.toLowerCase() === b.toLowerCase();

/** The subscription in an ARM ID, or in several that azurerm joins. */
export const subscriptionIn = (id: Maybe<string> | undefined): string[] => {
  const [, found] = (typeof id === "string" && /^\/subscriptions\/([^/|]+)/i.exec(id)) || [];
  return found ? [found] : [];
};

/** Whether an ARM ID is a scope, such as a resource group, or in it. Not, if one of them is not known. */
export const isBelow = (scope: Maybe<string> | undefined, id: Maybe<string> | undefined): boolean =>
  typeof scope === "string" &&
  typeof id === "string" &&
  `${id.toLowerCase()}/`.startsWith(`${scope.toLowerCase().replace(/\/$/, "")}/`);
