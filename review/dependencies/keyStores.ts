import type { PlannedChange } from "../changes/plannedChange.js";
import { dependencyKindOf } from "../vaults/index.js";
import { readingOf } from "./reading.js";

const storePart = /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.KeyVault\/[^/]+\/[^/|]+/i;

/** The ARM IDs of the key vaults and Managed HSMs in the preview, and of those that its keys and accesses are of. */
export const storesShown = (all: readonly PlannedChange[]): string[] =>
  all.flatMap((planned) => {
    const kind = dependencyKindOf(planned);
    if (!planned.old || !kind || !kinds.includes(kind)) return [];
    const reading = readingOf(planned.old, true);
    const texts = [reading.id, reading.text("keyVaultId", "managedHsmId"), reading.text("scope", "properties.scope")];
    return texts.flatMap((text) => (typeof text === "string" ? (storePart.exec(text)?.[0] ?? []) : []));
  });

const kinds: readonly string[] = ["keyVault", "managedHsm", "key", "accessPolicy", "roleAssignment"];
