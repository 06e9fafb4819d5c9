import { flushCompileCache } from "node:module";

/**
 * Microsoft's libraries, each loaded when it is first used. Not by `import()`, which takes them as ES modules: that costs a
 * quarter more processor time, and the plugin's archive had each of them twice.
 */
export const libraries = {
  restPipeline: once((): typeof import("@azure/core-rest-pipeline") => require("@azure/core-rest-pipeline")),
  identity: once((): typeof import("@azure/identity") => require("@azure/identity")),
  recoveryServices: once((): typeof import("@azure/arm-recoveryservices") => require("@azure/arm-recoveryservices")),
  recoveryServicesBackup: once((): typeof import("@azure/arm-recoveryservicesbackup") =>
    require("@azure/arm-recoveryservicesbackup"),
  ),
};

function once<Library>(load: () => Library): () => Library {
  let library: Library | undefined;
  return () => {
    if (library === undefined) setImmediate(flushCompileCache);
    library ??= load();
    return library;
  };
}
