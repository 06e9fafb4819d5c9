import { secretsProperty } from "../../provider/host/fromProgram.js";
import { providerConfig } from "../../provider/host/plugin/providerConfig.js";
import { pluginResource } from "../../provider/host/plugin/resource.js";
import { service } from "../../provider/host/plugin/service.js";
import { fromStruct, toStruct } from "../../provider/host/plugin/struct.js";
import { withMarks } from "../../provider/host/plugin/values.js";
import type { Handlers } from "../../provider/host/serve.js";
import { handlerName, type ResourceTypeName, resourceTypes } from "../../provider/vaults/resourceTypes.js";
import { hostError, messages } from "./host.js";

type Properties = Record<string, unknown>;

/**
 * Handlers as the engine has them through the plugin, in its messages, but without a process and a network between. They take
 * what the dynamic provider host hands over: secrets in clear, with their paths.
 */
export function throughPlugin(type: ResourceTypeName, handlers: Handlers): Handlers {
  const token = `azure-backup:index:${type}`;
  const resource = pluginResource({ ...resourceTypes[type], handler: handlerName(type), handlers });
  const plugin: object = service({
    version: "0.0.0",
    schema: () => "{}",
    resources: { [token]: resource },
    components: {},
    functions: {},
    lists: {},
    config: providerConfig,
    useEngine: () => {},
    cancel: () => {},
  });

  /** As bytes, each way. */
  // biome-ignore lint/suspicious/noExplicitAny: generated messages have no types here
  async function call(method: string, request: any): Promise<any> {
    request.setUrn?.(`urn:pulumi:dev::test::${token}::one`);
    const sent = request.constructor.deserializeBinary(request.serializeBinary());
    // biome-ignore lint/suspicious/noExplicitAny: as above
    const [error, response] = await new Promise<any[]>((done) => {
      Reflect.get(plugin, method)({ request: sent }, (...outcome: unknown[]) => done(outcome));
    });
    if (!error) return response.constructor.deserializeBinary(response.serializeBinary());
    const { message, partial } = hostError(error);
    throw Object.assign(new Error(message), partial);
  }
  /** With the secrets marked, and without what only the other front knows. */
  const marked = ({ __provider: _, ...properties }: Properties) =>
    toStruct(withMarks(properties, properties[secretsProperty]));

  return {
    async check(olds, news) {
      const request = new messages.CheckRequest();
      request.setOlds(marked(olds));
      request.setNews(marked(news));
      const response = await call("check", request);
      const failures = response.getFailuresList().map((each: { getProperty(): string; getReason(): string }) => ({
        property: each.getProperty(),
        reason: each.getReason(),
      }));
      return { inputs: fromStruct(response.getInputs()), failures };
    },
    async diff(id, olds, news) {
      const request = new messages.DiffRequest();
      request.setId(id);
      request.setOlds(marked(olds));
      request.setOldInputs(marked(olds));
      request.setNews(marked(news));
      const response = await call("diff", request);
      return {
        changes: response.getChanges() === messages.DiffResponse.DiffChanges.DIFF_SOME,
        replaces: response.getReplacesList(),
        deleteBeforeReplace: response.getDeletebeforereplace(),
      };
    },
    async create(inputs) {
      const request = new messages.CreateRequest();
      request.setProperties(marked(inputs));
      const response = await call("create", request);
      return { id: response.getId(), outs: fromStruct(response.getProperties()) };
    },
    async read(id, props) {
      const request = new messages.ReadRequest();
      request.setId(id);
      request.setProperties(marked(props));
      const response = await call("read", request);
      if (!response.getId()) return {};
      const [shown, inputs] = [fromStruct(response.getProperties()), fromStruct(response.getInputs())];
      return { id: response.getId(), props: shown, inputs };
    },
    async update(id, olds, news) {
      const request = new messages.UpdateRequest();
      request.setId(id);
      request.setOlds(marked(olds));
      request.setNews(marked(news));
      return { outs: fromStruct((await call("update", request)).getProperties()) };
    },
    async delete(id, props) {
      const request = new messages.DeleteRequest();
      request.setId(id);
      request.setProperties(marked(props));
      await call("delete", request);
    },
  };
}
