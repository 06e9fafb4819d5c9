// Runs a program as Pulumi's language host does with `typescript: false`. The host that scripts/lib/pulumiBuild.mjs builds
// is older than this option, and loads the TypeScript compiler for every program.
delete process.env.PULUMI_NODEJS_TYPESCRIPT;
require(require.resolve("@pulumi/pulumi/cmd/run", { paths: [process.cwd()] }));
