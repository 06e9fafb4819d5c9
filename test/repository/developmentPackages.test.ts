import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { removeDevelopmentPackages } from "../../scripts/lib/developmentPackages.mjs";

test("of an installed clone stays what the plugin and Pulumi's host need, and what only development needs goes", () => {
  const directory = mkdtempSync(join(tmpdir(), "development-packages-"));
  try {
    const all = ["a", "of-a", "@pulumi/pulumi", "@pulumi/other", "typescript", "jest"];
    for (const name of all) mkdirSync(join(directory, "node_modules", name), { recursive: true });
    symlinkSync(directory, join(directory, "node_modules/linked"));
    const packages = {
      "": { dependencies: { a: "1" }, peerDependencies: { "@pulumi/pulumi": "3" }, devDependencies: { jest: "1" } },
      "node_modules/a": { dependencies: { "of-a": "1" } },
      "node_modules/@pulumi/pulumi": {},
    };
    writeFileSync(join(directory, "package-lock.json"), JSON.stringify({ packages }));
    removeDevelopmentPackages(directory);
    const left = ["@pulumi", "a", "linked", "of-a", "typescript"];
    expect(readdirSync(join(directory, "node_modules")).sort()).toEqual(left);
    expect(readdirSync(join(directory, "node_modules/@pulumi"))).toEqual(["pulumi"]);
  } finally {
    rmSync(directory, { recursive: true });
  }
});
