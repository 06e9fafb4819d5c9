import type { Emulator } from "../../emulator/index.js";
import { created, oneRun } from "./oneRun.js";

/** Who is signed in, as guards see it. */
export const self = "0b1e0000-0000-4000-8000-0000000000b1";

const contributor = "b24988ac-6180-42a0-ab88-20f7382dd24c";
const reader = "acdd72a7-3385-48ef-bd42-f606fba81ae7";
const operator = "f54b6d04-23c6-443e-b462-9c16ab7b4a52";

/** Makes a resource guard and associates a vault with it. */
export async function guardVault(azure: Emulator, vault: string, guard: string, excluded: string[] = []) {
  const properties = { vaultCriticalOperationExclusionList: excluded };
  azure.arm("PUT", guard, { location: "westeurope", properties });
  await created(oneRun(azure).resourceGuardAssociation, { vault, resourceGuard: guard });
}

/** From then on, the caller may read the vault's guard, and nothing else of it. */
export function withoutConsent(azure: Emulator, vault: string): void {
  azure.grant(vault, self, contributor);
  azure.grant(vault.split("/").slice(0, 5).join("/"), self, reader);
}

export const consentTo = (azure: Emulator, guard: string) => azure.grant(guard, self, operator);
