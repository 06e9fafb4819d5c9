// Runs the programs of the tests' stacks for the engine, as the Automation API runs a program inside of another one. A language
// host would be started anew for each command, and Node four times. This process lives as long as the worker that forked it.
// It also keeps the key of the stacks' secrets, as HashiCorp's Vault does: to derive one from a passphrase takes the engine
// longer than all else that it does in a command.
const { existsSync, readFileSync } = require("node:fs");
const { createServer } = require("node:http");
const { createRequire } = require("node:module");
const { dirname, join, sep } = require("node:path");
const { setDefaultCACertificates } = require("node:tls");
const { LanguageServer } = require("@pulumi/pulumi/automation/server");
const { LanguageRuntimeService } = require("@pulumi/pulumi/proto/language_grpc_pb");
const { grpcClientOptions } = require("@pulumi/pulumi/runtime/settings");

const grpc = createRequire(require.resolve("@pulumi/pulumi/package.json"))("@grpc/grpc-js");
const ours = join(__dirname, "..", "..", "dist") + sep;

// The SDK does not close the connections of a program that it runs this way, and after a run that was refused they try to reach
// its engine for ever. Connections to one port are shared, so an engine that later gets this port would seem to have ended: the
// SDK then ends the program without a word, and the engine deletes what the program has not declared.
Object.assign(grpcClientOptions, { "grpc.use_local_subchannel_pool": 1 });

/** Anew in each run, with the package, as in a process of its own. */
async function program() {
  const file = require.resolve(join(process.cwd(), "index.js"));
  for (const loaded of Object.keys(require.cache)) {
    if (loaded.startsWith(dirname(file)) || loaded.startsWith(ours)) delete require.cache[loaded];
  }
  return createRequire(file)(file);
}

const engine = new grpc.Server();
engine.addService(LanguageRuntimeService, new LanguageServer(program));

/** https://developer.hashicorp.com/vault/api-docs/secret/transit#decrypt-data. What it is given is not encrypted. */
const vault = createServer(async (request, response) => {
  const { ciphertext } = JSON.parse((await request.toArray()).join(""));
  response.end(JSON.stringify({ data: { plaintext: ciphertext.replace("vault:v1:", "") } }));
});

// The program and the provider of one command after the other: what they are told of the command before it begins.
process.on("message", ({ directory, env }) => {
  process.chdir(directory);
  for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name];
  Object.assign(process.env, env);
  // A process of its own would have read the file when it started, and gone on without it where there is none.
  const file = env.NODE_EXTRA_CA_CERTS ?? "";
  setDefaultCACertificates(existsSync(file) ? [readFileSync(file, "utf8")] : []);
  process.send?.("ready");
});
process.on("disconnect", () => process.exit());

vault.listen(0, "127.0.0.1", () =>
  engine.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
    if (error) throw error;
    const address = vault.address();
    process.send?.({ programs: port, vault: typeof address === "object" && address?.port });
  }),
);
