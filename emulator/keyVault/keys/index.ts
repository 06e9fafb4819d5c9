import { createIfNotExist } from "./createIfNotExist.js";
import { get } from "./get.js";
import { getVersion } from "./getVersion.js";
import { list } from "./list.js";
import { listVersions } from "./listVersions.js";

export const keys = [...get, ...list, ...createIfNotExist, ...getVersion, ...listVersions];
