import { remove } from "./delete.js";
import { get } from "./get.js";
import { getDeleted } from "./getDeleted.js";
import { listByResourceGroup } from "./listByResourceGroup.js";
import { listBySubscription } from "./listBySubscription.js";
import { listDeleted } from "./listDeleted.js";
import { purgeDeleted } from "./purgeDeleted.js";

/** What key vaults and Managed HSMs have in common. */
export const keyStores = [
  ...get,
  ...remove,
  ...listByResourceGroup,
  ...listBySubscription,
  ...getDeleted,
  ...listDeleted,
  ...purgeDeleted,
];
