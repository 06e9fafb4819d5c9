import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import typescript from "typescript";
import { root } from "../../scripts/lib/root.mjs";
import { installPacked, provide } from "../support/packed.js";

// What the compiler tells a program that uses the packed packages.

/** It compiles a program that has no TypeScript of its own. */
const pulumis: typeof typescript = createRequire(`${root}/`)(
  "./node_modules/@pulumi/pulumi/vendor/typescript@3.8.3/typescript.js",
);

let directory: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "types-"));
  for (const name of ["pulumi-azure-backup", "azure-backup-emulator"]) installPacked(name, directory);
  provide(["@pulumi/pulumi", "@types/node", "undici-types"], directory);
});
afterAll(() => rmSync(directory, { recursive: true }));

/** What is wrong in these files and in the package's types, which many compilers do not say of a package. */
function problems(ts: typeof typescript, resolution: "NodeJs" | "NodeNext", files: string[]): string[] {
  const program = ts.createProgram(files, {
    strict: true,
    target: ts.ScriptTarget.ES2020,
    module: resolution === "NodeJs" ? ts.ModuleKind.CommonJS : ts.ModuleKind.NodeNext,
    // Today's TypeScript has the classic one under another name.
    moduleResolution: Reflect.get(ts.ModuleResolutionKind, resolution),
    ignoreDeprecations: "6.0",
    types: ts === typescript ? ["node"] : [],
    typeRoots: [join(directory, "node_modules/@types")],
  });
  return program
    .getSourceFiles()
    .filter(({ fileName }) => files.includes(fileName) || fileName.includes("/node_modules/pulumi-azure-backup/"))
    .flatMap((source) => [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)])
    .map(({ file, start = 0, messageText }) => {
      const line = file ? file.getLineAndCharacterOfPosition(start).line + 1 : 0;
      return `${relative(directory, file?.fileName ?? "")}:${line}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
    });
}

const ofPackage = `import { BackupVault, getVaultOverview, IdentityAssignment } from "pulumi-azure-backup";
import { guardVaults } from "pulumi-azure-backup/guard";
import { review } from "pulumi-azure-backup/review";
guardVaults();
const names = { vaultName: "bv-payroll", resourceGroupName: "rg-payroll", location: "westeurope" };
const vault = new BackupVault("payroll", { ...names, redundancy: "GeoRedundant" });
new BackupVault("typo", { ...names, redundancy: "GeoRedundent" });
new IdentityAssignment("payroll", { vault: 3, identity: "SystemAssigned" });
vault.vaultId.apply((id): number => id);
getVaultOverview(vault).closed.apply(([setting]): number => setting.code);
review("").then(({ decision }): number => decision);
`;
const wrongInPackage = [
  expect.stringMatching(/^program.ts:7: Type '"GeoRedundent"' is not assignable/),
  expect.stringMatching(/^program.ts:8: Type 'number' is not assignable to type 'VaultArgument'/),
  expect.stringMatching(/^program.ts:9: Type 'string' is not assignable to type 'number'/),
  expect.stringMatching(/^program.ts:10: Type 'string' is not assignable to type 'number'/),
  expect.stringMatching(/^program.ts:11: Type .* is not assignable to type 'number'/),
];

const ofEmulator = `import { startEmulator } from "azure-backup-emulator";
startEmulator({ operationMs: 10 }).then(({ env }): string => env.ARM_CLIENT_ID);
startEmulator({ operationMs: "ten" });
`;
const wrongInEmulator = [expect.stringMatching(/^emulator.ts:3: Type 'string' is not assignable/)];

test.each(["NodeNext", "NodeJs"] as const)("a program is checked with the module resolution %s", (resolution) => {
  const files = [written("program.ts", ofPackage), written("emulator.ts", ofEmulator)];
  expect(problems(typescript, resolution, files)).toEqual([...wrongInPackage, ...wrongInEmulator]);
});

test("a program without a TypeScript of its own is checked by the one that Pulumi's SDK brings", () => {
  const examples = readdirSync(join(root, "examples")).filter((name) =>
    existsSync(join(root, "examples", name, "index.ts")),
  );
  const files = examples.map((name) => {
    mkdirSync(join(directory, name));
    cpSync(join(root, "examples", name, "index.ts"), join(directory, name, "index.ts"));
    return join(directory, name, "index.ts");
  });
  expect(problems(pulumis, "NodeJs", [written("program.ts", ofPackage), ...files])).toEqual(wrongInPackage);
});

function written(name: string, text: string): string {
  writeFileSync(join(directory, name), text);
  return join(directory, name);
}
