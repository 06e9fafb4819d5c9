import { isMap } from "node:util/types";
import type { ArmResource } from "../armResource.js";

/** More is no use to eyes. */
const shown = 100;

/** The lists in a record, whatever its kind: by the name of the member that holds them. */
export function contentsOf(record: object): Record<string, { name: string; state: string }[]> {
  const lists = Object.entries(record).map(([name, member]): [string, ArmResource[]] => [
    name,
    recordsOf(member).filter(isBody).slice(-shown),
  ]);
  return Object.fromEntries(
    lists.filter(([, items]) => items.length > 0).map(([name, items]) => [name, items.map(contentView)]),
  );
}

export function recordsOf(member: unknown): ArmResource[] {
  return isMap(member) ? [...member.values()].filter((value) => typeof value === "object" && value !== null) : [];
}

export function isBody(value: ArmResource): boolean {
  return typeof value.id === "string" && typeof value.name === "string" && typeof value.type === "string";
}

/** Each kind has its own word for how it is. */
function contentView({ name, properties = {} }: ArmResource): { name: string; state: string } {
  const { currentProtectionState, protectionState, status, provisioningState, friendlyName } = properties;
  const operation = properties.operationCategory ?? properties.operation;
  const what = friendlyName ?? properties.backupInstanceFriendlyName ?? properties.entityFriendlyName;
  const words = [operation, what === name ? undefined : what].filter(Boolean).join(" ");
  const state = currentProtectionState ?? protectionState ?? status ?? provisioningState ?? "";
  return { name: words === "" ? name : `${words} (${name})`, state: String(state) };
}
