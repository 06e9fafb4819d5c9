import { homedir } from "node:os";
import { join } from "node:path";

/** The directory for large files that all clones on this machine share. Whatever is missing there is fetched again. */
export const cacheHome = () => join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "pulumi-azure-backup");
