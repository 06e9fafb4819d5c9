// A plugin that does nothing: what the engine, its protocol and the program's SDK cost by themselves.
const { createRequire } = require("node:module");

const fromPulumi = createRequire(createRequire(`${process.cwd()}/_`).resolve("@pulumi/pulumi/package.json"));
const { Server, ServerCredentials } = fromPulumi("@grpc/grpc-js");
const { ResourceProviderService } = fromPulumi("./proto/provider_grpc_pb");
const messages = fromPulumi("./proto/provider_pb");
const { PluginInfo } = fromPulumi("./proto/plugin_pb");
const { Empty } = fromPulumi("google-protobuf/google/protobuf/empty_pb");

/** Each answer is a message with what the request has. */
const answer = (respond) => (call, done) => done(null, respond(call.request));
const filled = (message, values) => {
  for (const [name, value] of Object.entries(values)) message[`set${name}`](value);
  return message;
};

const service = {
  handshake: answer(() => filled(new messages.ProviderHandshakeResponse(), { AcceptSecrets: true })),
  getPluginInfo: answer(() => filled(new PluginInfo(), { Version: "0.0.1" })),
  checkConfig: answer((request) => filled(new messages.CheckResponse(), { Inputs: request.getNews() })),
  diffConfig: answer(() => new messages.DiffResponse()),
  configure: answer(() => filled(new messages.ConfigureResponse(), { Acceptsecrets: true, Supportspreview: true })),
  check: answer((request) => filled(new messages.CheckResponse(), { Inputs: request.getNews() })),
  diff: answer(() => filled(new messages.DiffResponse(), { Changes: messages.DiffResponse.DiffChanges.DIFF_NONE })),
  create: answer((request) =>
    filled(new messages.CreateResponse(), {
      Id: request.getPreview() ? "" : request.getUrn(),
      Properties: request.getProperties(),
    }),
  ),
  delete: answer(() => new Empty()),
  cancel: answer(() => new Empty()),
};

const server = new Server();
server.addService(ResourceProviderService, service);
server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  console.log(port);
});
