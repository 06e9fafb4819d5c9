import { operation } from "../../http/operation.js";
import { noContent, ok } from "../../http/reply.js";
import { showStorageConfig, storageConfigPath } from "./path.js";
import { writeStorageConfig } from "./write.js";

export const update = operation({
  name: "BackupResourceStorageConfigsNonCRR_Update",
  method: "PUT",
  path: storageConfigPath,
  answer: (call) => ok(showStorageConfig(writeStorageConfig(call))),
});

export const patch = operation({
  name: "BackupResourceStorageConfigsNonCRR_Patch",
  method: "PATCH",
  path: storageConfigPath,
  answer(call) {
    writeStorageConfig(call);
    return noContent;
  },
});
