import type { Context } from "../../host/context.js";
import * as vault from "../vault/look.js";
import { backupVaultType } from "./backupVaultType.js";

export const look = (context: Context, id: string) => vault.look(backupVaultType, context, id);
