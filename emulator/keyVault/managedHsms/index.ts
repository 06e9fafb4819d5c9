import { checkNameAvailability } from "./checkNameAvailability.js";
import { createOrUpdate } from "./createOrUpdate.js";
import { update } from "./update.js";

export const managedHsms = [createOrUpdate, update, checkNameAvailability];
