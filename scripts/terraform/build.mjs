// `node scripts/terraform/build.mjs`: builds Terraform's provider azurerm, with which `npm run bench` compares this package,
// where Terraform's registry cannot be reached but a Go module proxy can. Takes ten minutes and more; nothing else needs it.
import { mkdirSync, renameSync } from "node:fs";
import { dirname, join } from "node:path";
import { azurerm } from "../lib/azurerm.mjs";
import { step } from "../lib/progress.mjs";
import { root } from "../lib/root.mjs";
import { run } from "../lib/run.mjs";

mkdirSync(dirname(azurerm), { recursive: true });
const unfinished = `${azurerm}.${process.pid}`;
const how = "-v -mod=readonly -trimpath -buildvcs=false -modcacherw".split(" ");
const path = "github.com/hashicorp/terraform-provider-azurerm";
const { code, output } = await step(`Building ${path} from its Go module, once for this machine`, (tell) => {
  let packages = 0;
  return run("go", ["build", ...how, "-ldflags", "-s -w", "-o", unfinished, path], {
    cwd: join(root, "scripts/terraform/azurerm"),
    onOutput(text) {
      packages += text.split("\n").length - 1;
      tell(`${packages} packages compiled`);
    },
  });
});
if (code === 0) renameSync(unfinished, azurerm);
else console.error(output.trim().split("\n").slice(-20).join("\n"));
process.exitCode = code;
