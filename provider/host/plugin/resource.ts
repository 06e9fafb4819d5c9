import { unknownSentinel } from "../../vaults/unknowns.js";
import { programProperty, secretsProperty } from "../fromProgram.js";
import { type Handlers, isPartialResource, PartialResource } from "../serve.js";
import { type DiffKind, detailedDiff } from "./detailedDiff.js";
import { completed, type Implied, withoutImplied } from "./implied.js";
import { withMarks, withoutMarks } from "./values.js";

type Properties = Record<string, unknown>;

/** How a resource is served besides its handlers. */
export interface Served {
  handlers: Handlers;
  /** Their name in `azure-backup review`. */
  handler: string;
  /** The outputs that are not arguments. */
  outputs: readonly string[];
  /** The outputs that an update may change, from what the arguments become. The rest keeps its value. */
  changing(old: Properties, wanted: Properties): readonly string[];
  /** The inputs that follow from the others. They are no inputs here: each would be in the state twice. */
  implied?: Implied;
}

export interface PluginDifference {
  changes: boolean;
  replaces: string[];
  deleteBeforeReplace: boolean;
  properties: Map<string, DiffKind>;
}

/** One type of resource, with properties as the engine sends them: secrets marked, and unknown values in previews. */
export type PluginResource = ReturnType<typeof pluginResource>;

export function pluginResource({ handlers, handler, outputs, changing, implied = () => ({}) }: Served) {
  /**
   * As the handlers take it. The engine does not tell which resources come first: where the program does not either, what is
   * missing may be one of them.
   */
  const taken = (properties: Properties): Properties => ({
    [programProperty]: { waitsForNew: true, createsFirst: false },
    ...withoutMarks(properties),
  });
  const stored = (properties: Properties): Properties => {
    const { __provider: _, [programProperty]: _1, ...rest } = properties;
    return rest;
  };
  /** What was secret in the call stays secret in the result, and a timeout that is Pulumi's option is no property. */
  function given(result: Properties, call: Properties): Properties {
    const { timeouts, ...rest } = stored(result);
    const kept = call.timeouts === undefined ? rest : { ...rest, timeouts };
    return withMarks(kept, call[secretsProperty]);
  }

  return {
    async check(olds: Properties, news: Properties) {
      const wanted = taken(news);
      const { inputs, failures } = await handlers.check(taken(olds), wanted, handler);
      return { inputs: withoutImplied(given(inputs, wanted), implied), failures };
    },
    async diff(
      id: string,
      { old, oldInputs, wanted }: { old: Properties; oldInputs: Properties; wanted: Properties },
    ): Promise<PluginDifference> {
      const { changes, replaces, deleteBeforeReplace } = await handlers.diff(id, taken(old), taken(wanted));
      // A resource of the dynamic provider becomes one of the plugin by an update that writes nothing.
      const isMoved = "__provider" in old;
      // Earlier versions have recorded what follows from other inputs, and an import says it.
      const whole = (inputs: Properties) => completed(withoutMarks(inputs), implied);
      const properties = detailedDiff(whole(oldInputs), whole(wanted), replaces);
      return { changes: changes || isMoved, replaces, deleteBeforeReplace, properties };
    },
    /**
     * The ID stays unknown, although a vault's follows from its arguments: SDKs take a resource with an ID for one that
     * exists, and would call functions with it.
     */
    previewCreate(inputs: Properties) {
      const later = Object.fromEntries(outputs.map((name) => [name, unknownSentinel]));
      return { id: "", outs: { ...later, ...completed(stored(inputs), implied) } };
    },
    async create(inputs: Properties, timeout: number) {
      const call = taken(inputs);
      return recordedBy(call, async () => {
        const { id, outs } = await handlers.create(withTimeout(call, "create", timeout));
        return { id, outs: given(outs, call) };
      });
    },
    /** For an import, the engine has nothing recorded, and for a resource that a program gets, what the program says of it. */
    async read(id: string, properties: Properties, recorded: Properties) {
      // What a run has recorded has outputs as well.
      const isRecorded = Object.keys(properties).some((name) => !(name in recorded));
      const call = taken(isRecorded ? properties : {});
      const live = await handlers.read(id, call);
      if (!("props" in live)) return undefined;
      const { id: same, props = {}, inputs = {} } = live;
      const found = given(inputs, call);
      return { id: same ?? id, props: given(props, call), inputs: isRecorded ? withoutImplied(found, implied) : found };
    },
    previewUpdate(olds: Properties, news: Properties) {
      const later = changing(withoutMarks(olds), withoutMarks(news)).map((name) => [name, unknownSentinel]);
      const kept = outputs.flatMap((name) => (name in olds ? [[name, olds[name]]] : []));
      return { outs: { ...Object.fromEntries([...kept, ...later]), ...completed(stored(news), implied) } };
    },
    async update(id: string, olds: Properties, news: Properties, timeout: number) {
      const call = taken(news);
      return recordedBy(call, async () => {
        const { outs } = await handlers.update(id, taken(olds), withTimeout(call, "update", timeout));
        return { outs: given(outs, call) };
      });
    },
    async delete(id: string, properties: Properties, timeout: number): Promise<void> {
      await handlers.delete(id, withTimeout(taken(properties), "delete", timeout));
    },
  };

  /** An unfinished resource is recorded with its secrets marked as well. */
  async function recordedBy<T>(call: Properties, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!isPartialResource(error)) throw error;
      throw new PartialResource(error.id, given(error.properties, call), error.reasons);
    }
  }
}

/** Pulumi's option `customTimeouts`, in seconds, which the argument `timeouts` precedes. */
function withTimeout(call: Properties, operation: string, seconds: number): Properties {
  const { timeouts } = call;
  if (!seconds || (timeouts as Properties | undefined)?.[operation] !== undefined) return call;
  return { ...call, timeouts: { ...(timeouts as object), [operation]: `${Math.ceil(seconds)}s` } };
}
