import { createOrUpdate } from "./createOrUpdate.js";
import { remove } from "./delete.js";
import { get } from "./get.js";
import { list } from "./list.js";

export const federatedIdentityCredentials = [get, list, createOrUpdate, remove];
