import type { ArmResource } from "../armResource.js";
import { resourceNotFound } from "./armError.js";

/** What was found below a vault; else ARM's 404, which names it by its path there. */
export function requireChild<T>(found: T | undefined, vault: { body: ArmResource }, path: string, group: string): T {
  if (found !== undefined) return found;
  throw resourceNotFound(vault.body.type, `${vault.body.name}/${path}`, group);
}
