import { execFileSync } from "node:child_process";
import { cpSync } from "node:fs";
import { delimiter, join } from "node:path";
import { pythonTools } from "../../../scripts/lib/pythonTools.mjs";
import { root } from "../../../scripts/lib/root.mjs";
import { installedSdk, sdkGenerators } from "../../support/sdk.js";
import { deploysTheQuickStart } from "./quickstart.js";

const bin = pythonTools();

deploysTheQuickStart({
  name: "Python",
  needs: [...sdkGenerators, "pulumi-language-python", ...(bin ? [] : ["python3"])],
  async install(stack) {
    cpSync(join(root, "examples/python"), stack.directory, { recursive: true });
    const packages = await installedSdk("python", (generated, installed) =>
      execFileSync(join(bin ?? "", "python"), [
        ..."-m pip install --quiet --no-deps --no-build-isolation --target".split(" "),
        installed,
        generated,
      ]),
    );
    Object.assign(stack.env, { PYTHONPATH: packages, PATH: [bin, process.env.PATH].join(delimiter) });
  },
});
