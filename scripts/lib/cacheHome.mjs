import { homedir } from "node:os";
import { join } from "node:path";

/** Where heavy things are kept that every clone on this machine shares. Whatever is missing there is fetched again. */
export const cacheHome = () => join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "pulumi-azure-backup");
