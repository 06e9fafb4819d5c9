import { readFileSync } from "node:fs";
import { join } from "node:path";
import { cacheHome } from "./cacheHome.mjs";
import { root } from "./root.mjs";

const goModule = readFileSync(join(root, "scripts/terraform/azurerm/go.mod"), "utf8");
const version = /hashicorp\/terraform-provider-azurerm v(\S+)/.exec(goModule)?.[1] ?? "";

/** Terraform's provider azurerm, where `node scripts/terraform/build.mjs` has built it on this machine. */
export const azurerm = join(
  cacheHome(),
  `azurerm-${version}-${process.platform}-${process.arch}`,
  "terraform-provider-azurerm",
);
