import { type Context, hostContext, rememberConfig, type StackConfig } from "../context.js";
import { hidingSecrets } from "../secrets.js";
import { isPartialResource, type Lifecycle, type Properties, serve } from "../serve.js";
import { handlerOf } from "./handlerConstant.js";

/**
 * A lifecycle as Pulumi's dynamic provider host calls it, with what that host is particular about: `__provider`, when it
 * configures, and what it prints of an error.
 */
export function dynamicHandlers(lifecycle: Lifecycle, context: Context = hostContext) {
  const handlers = serve(lifecycle, context);
  const { secrets } = hidingSecrets(context);

  /** Throws only what the host can show: an Error with a message, and without a stack trace. */
  async function plain<T>(what: string, { __provider }: Properties, work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (thrown) {
      const error = thrown as Error;
      // The engine shows the message with the resource. Except for a create or update, the host also prints
      // `${error}: ${error.stack}`, which the engine shows with the stack: one short sentence, not the message again.
      const short = secrets.hide(`${what} failed`);
      Object.defineProperty(error, "toString", { value: () => short });
      error.stack = "the error of the resource itself gives the reason.";
      // The host does not add `__provider` here; without it the resource could never be refreshed or deleted.
      if (isPartialResource(error)) Object.assign(error.properties, { __provider });
      throw error;
    }
  }

  return {
    // Synchronous on purpose: the host caches the handlers before it awaits `configure`.
    configure(request: { config: StackConfig }): void {
      rememberConfig(request.config);
    },
    check: (olds: Properties, news: Properties) =>
      plain("Checking a resource", news, handlers.check(olds, news, handlerOf(news))),
    async diff(id: string, olds: Properties, news: Properties) {
      const difference = await plain(`Comparing ${shortOf(id)}`, news, handlers.diff(id, olds, news));
      // From the plugin comes a resource without `__provider`. Without an update, that stays so, and nothing can delete it.
      const isMoved = typeof news.__provider === "string" && typeof olds.__provider !== "string";
      return { ...difference, changes: difference.changes || isMoved };
    },
    create: (inputs: Properties) => plain("Creating a resource", inputs, handlers.create(inputs)),
    read: (id: string, props: Properties) => plain(`Reading ${shortOf(id)}`, props, handlers.read(id, props)),
    update: (id: string, olds: Properties, news: Properties) =>
      plain(`Updating ${shortOf(id)}`, news, handlers.update(id, olds, news)),
    delete: (id: string, props: Properties) => plain(`Deleting ${shortOf(id)}`, props, handlers.delete(id, props)),
  };
}

/** The name in a vault's ID, which the ID of what belongs to a vault begins with. */
const shortOf = (id: string): string => id.split("#", 1)[0]?.split("/").at(-1) ?? id;
