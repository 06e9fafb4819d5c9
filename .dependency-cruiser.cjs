// Imports between the rooms go one way, so that each can be read, tested and replaced on its own.
// `npm test` holds the package to this.
const ours = "^(provider|emulator|review|cli|guard|scripts|bench|examples|test)/";

module.exports = {
  forbidden: [
    {
      name: "vaults-are-plain",
      comment: "What a vault is: tables and pure functions, which import nothing.",
      from: { path: "^provider/vaults/" },
      to: { pathNot: "^provider/vaults/" },
    },
    {
      name: "policies-are-plain",
      comment: "What a policy is: tables and pure functions. The names of time zones come from a package.",
      from: { path: "^provider/policies/" },
      to: { pathNot: "^provider/(policies|vaults)/|node_modules/windows-iana/" },
    },
    {
      name: "instances-are-plain",
      comment:
        "What a backup instance is: tables and pure functions. Names that Azure limits in length have a hash in them.",
      from: { path: "^provider/instances/" },
      to: { pathNot: "^provider/(instances|policies|vaults)/|^(node:)?crypto$" },
    },
    {
      name: "rules-are-pure",
      comment:
        "A rule is a table and a judgement on plain data: no other room, no package, not even Node's own modules.",
      from: { path: "^provider/rules/" },
      to: { pathNot: "^provider/(rules|vaults)/|^provider/policies/(periods|keptBackups)\\.ts$" },
    },
    {
      name: "azure-knows-only-azure",
      comment:
        "The gateway speaks HTTP and knows nothing of rules, resources or Pulumi; of a vault it knows the ID, how its identities " +
        "are named and what a resource guard can protect, of an instance where its snapshots are, and of arguments how a misspelt " +
        "name is guessed.",
      from: { path: "^provider/azure/" },
      to: {
        path: [ours, "node_modules/@pulumi/"],
        pathNot: "^provider/(azure/|vaults/(vaultId|identity|guardedOperations|snapshotGroups|values)\\.ts$)",
      },
    },
    {
      name: "host-is-a-seam",
      comment: "The seam to Pulumi connects to Azure for the handlers, and knows no resource.",
      from: { path: "^provider/host/" },
      to: { path: ours, pathNot: "^provider/(host|azure)/|^provider/vaults/unknowns\\.ts$" },
    },
    {
      name: "fronts-stand-apart",
      comment: "Pulumi's dynamic provider host and the plugin are two fronts on one contract, host/serve.ts.",
      from: { path: "^provider/host/(dynamic|plugin)/" },
      to: { path: "^provider/host/[^/]+/", pathNot: "^provider/host/$1/" },
    },
    {
      name: "lifecycle-hands-on",
      comment:
        "A lifecycle judges with the rules and speaks to Azure and the host; of resources it knows types at most.",
      from: { path: "^provider/lifecycle/" },
      to: { path: ours, pathNot: "^provider/(lifecycle|vaults|policies|instances|rules|azure|host|resources)/" },
    },
    {
      name: "lifecycle-loads-no-resource",
      comment: "Resource classes run in the user's program, lifecycles in Pulumi's provider host.",
      from: { path: "^provider/lifecycle/" },
      to: { path: "^provider/resources/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "resources-load-nothing-else",
      comment:
        "A user's program loads the resource classes: only Pulumi and what goes along to the handlers, no handler, no Azure.",
      from: { path: "^provider/resources/" },
      to: {
        pathNot: [
          "^provider/(resources|vaults)/",
          "^provider/host/(program/|fromProgram\\.ts$)",
          "node_modules/@pulumi/pulumi/",
        ],
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "parts-of-the-sdk",
      comment: "The index of Pulumi's SDK takes long to load (decisions/parts-of-the-sdk.md).",
      from: { path: "^provider/" },
      to: { path: "node_modules/@pulumi/pulumi/index", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "resources-take-only-types",
      comment: "Types may come from the other rooms of the provider.",
      from: { path: "^provider/resources/" },
      to: { path: ours, pathNot: "^provider/" },
    },
    {
      name: "overview-asks-and-judges",
      comment:
        "An overview judges a live vault by the lifecycle's own questions, and reads policies as it does, so that both say the same.",
      from: { path: "^provider/overview/" },
      to: {
        path: ours,
        pathNot: "^provider/((overview|lifecycle|policies|instances|vaults|rules|azure)/|resources/types\\.ts$)",
      },
    },
    {
      name: "functions-load-when-called",
      comment: "A user's program loads the functions: what they need of the other rooms comes when they are called.",
      from: { path: "^provider/functions/get[^/]*$" },
      to: {
        pathNot: [
          "^provider/(functions|resources)/",
          "^provider/host/program/pulumi\\.ts$",
          "node_modules/@pulumi/pulumi/",
        ],
        dependencyTypesNot: ["type-only", "dynamic-import"],
      },
    },
    {
      name: "emulator-stands-alone",
      comment:
        "An emulator that shares the provider's rules cannot contradict them. It is a package of its own, without Pulumi.",
      from: { path: "^emulator/" },
      to: { path: [ours, "node_modules/@pulumi/"], pathNot: "^emulator/" },
    },
    {
      name: "nobody-needs-the-emulator",
      comment: "Tests, benches and scripts run it; whoever deploys vaults does not install it.",
      from: { pathNot: "^(emulator|test|bench|scripts)/" },
      to: { path: "^emulator/" },
    },
    {
      name: "review-knows-only-rules",
      comment:
        "A review judges previews; it never speaks to Azure. What stands for an unknown value, and the api-version that " +
        "this package writes with, are said once for all.",
      from: { path: "^review/" },
      to: {
        path: ours,
        pathNot: "^(review/|provider/(vaults|policies|rules)/|provider/azure/arm/apiVersions\\.ts)",
      },
    },
    {
      name: "cli-reaches-no-handler",
      comment:
        "The command stands beside the provider, not on it. It reads the same facts of Azure, and names the file that " +
        "the provider writes for a review. What it shows of a vault it shares with programs.",
      from: { path: "^cli/" },
      to: {
        path: ours,
        pathNot: [
          "^(cli|review|provider/(azure|vaults|rules|overview))/",
          "^provider/lifecycle/(run/facts|vault/services|vault/keyUsers)\\.ts$",
          "^provider/host/review\\.ts$",
        ],
      },
    },
    {
      name: "guard-reviews-one-step",
      comment: "The guard judges a step of a running program as a review would, with the same look at Azure.",
      from: { path: "^guard/" },
      to: { path: ours, pathNot: "^(guard|review|provider/(vaults|rules))/|^cli/liveAzure\\.ts$" },
    },
    {
      name: "nobody-needs-the-guard",
      comment: "Programs call it, and nothing of this package does.",
      from: { pathNot: "^(guard|test)/" },
      to: { path: "^guard/" },
    },
    {
      name: "not-to-development",
      comment: "Tests, benches, examples and scripts are not published.",
      from: { path: "^(provider|emulator|review|cli|guard)/" },
      to: { path: "^(test|bench|examples|scripts)/" },
    },
    {
      name: "no-development-packages",
      comment: "A package that only development installs is missing where ours is installed.",
      from: { path: "^(provider|emulator|review|cli|guard)/" },
      to: {
        dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown"],
        dependencyTypesNot: ["npm", "npm-peer", "type-only"],
      },
    },
    { name: "no-cycles", from: {}, to: { circular: true } },
    { name: "no-folder-cycles", scope: "folder", from: {}, to: { circular: true } },
    { name: "no-missing-modules", from: {}, to: { couldNotResolve: true } },
  ].map((rule) => ({ severity: "error", ...rule })),
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^emulator/dist/" },
    // Packages say in `exports` what lies where.
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
    tsConfig: { fileName: `${__dirname}/tsconfig.json` },
    // Sees imports of types, which no longer exist once compiled.
    tsPreCompilationDeps: true,
  },
};
