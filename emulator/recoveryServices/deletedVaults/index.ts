import { get } from "./get.js";
import { getOperationStatus } from "./getOperationStatus.js";
import { list } from "./list.js";
import { undelete } from "./undelete.js";

export const deletedRecoveryServicesVaults = [get, list, undelete, getOperationStatus];
