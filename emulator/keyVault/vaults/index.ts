import { checkNameAvailability } from "./checkNameAvailability.js";
import { createOrUpdate } from "./createOrUpdate.js";
import { update } from "./update.js";
import { updateAccessPolicy } from "./updateAccessPolicy.js";

export const keyVaults = [createOrUpdate, update, updateAccessPolicy, checkNameAvailability];
