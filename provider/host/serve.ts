import { type Context, hostContext } from "./context.js";
import { argumentsIn, type FromProgram, fromProgram } from "./fromProgram.js";
import { givenId } from "./givenId.js";
import { isReviewed, type Judged, nothingIsWritten, recordForReview } from "./review.js";
import { hidingSecrets } from "./secrets.js";

export type Properties = Record<string, unknown>;

/** One resource's life, in the order of every file in `lifecycle/`. None of them ever sees `__provider`. */
export interface Lifecycle {
  check(context: Context, olds: Properties, news: Properties, program: FromProgram): Promise<Checked>;
  diff(context: Context, id: string, olds: Properties, news: Properties): Promise<Difference>;
  create(context: Context, inputs: Properties): Promise<{ id: string; outs: Properties }>;
  /** `undefined`: Azure says that it is gone. Whatever else prevents a read is thrown. */
  read(context: Context, id: string, props: Properties): Promise<{ props: Properties; inputs: Properties } | undefined>;
  update(context: Context, id: string, olds: Properties, news: Properties): Promise<{ outs: Properties }>;
  delete(context: Context, id: string, props: Properties): Promise<void>;
}

export interface Checked {
  inputs: Properties;
  /** What prevents even a preview. */
  failures: string[];
  /** What the rules say: their refusals are failures too, except where a review collects them. */
  judged?: Judged;
}

export interface Difference {
  changes: boolean;
  replaces: string[];
  deleteBeforeReplace: boolean;
  /** A second line behind `check`'s, for what reaches `diff` without one. */
  refused?: string[];
  /** What stands against the change besides rules: a review cannot go on either. */
  failures?: string[];
}

/** A resource's handlers: what each of the two fronts, `dynamic/` and `plugin/`, offers to the engine in its own way. */
export type Handlers = ReturnType<typeof serve>;

/**
 * Puts a lifecycle behind the calls that both fronts make of it, and keeps in one place what the engine is particular about:
 * secrets, `undefined` in results, reviews. Properties are plain values, with what `fromProgram.ts` names beside them.
 */
export function serve(lifecycle: Lifecycle, given: Context = hostContext) {
  const { context, secrets } = hidingSecrets(given);

  /** Throws an error or a partial resource without secrets. */
  async function hiding<T>(properties: Properties, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (thrown) {
      if (!isPartialResource(thrown)) {
        throw new Error(secrets.hide(thrown instanceof Error ? thrown.message : String(thrown)));
      }
      const recorded = secrets.mark(sanitize(thrown.properties), properties);
      throw new PartialResource(thrown.id, recorded, secrets.hideIn(thrown.reasons));
    }
  }

  return {
    /** @param handler the handlers' name, by which a review knows the type */
    check: (olds: Properties, news: Properties, handler = "") =>
      hiding(news, async () => {
        secrets.learn(olds, news);
        const program = fromProgram(news);
        const checked = await lifecycle.check(context, argumentsIn(olds), argumentsIn(news), program);
        const { inputs, judged } = checked;
        // A rule's refusal begins with its code, wherever the arguments are.
        const place = program.argument === undefined ? "" : `${program.argument}: `;
        const failures = checked.failures.map((reason) => `${place}${reason}`);
        if (isReviewed(context.env)) recordForReview(context.env, secrets.hideIn({ handler, inputs, judged }));
        else failures.push(...(judged?.refused ?? []));
        return {
          inputs: secrets.mark(sanitize(inputs), news),
          // No `property`: with one, the engine prints the value, and a secret in clear.
          failures: failures.map((reason) => ({ property: "", reason: secrets.hide(reason) })),
        };
      }),
    diff: (id: string, olds: Properties, news: Properties) =>
      hiding(news, async () => {
        secrets.learn(olds, news);
        const {
          failures = [],
          refused = [],
          ...difference
        } = await lifecycle.diff(context, id, argumentsIn(olds), argumentsIn(news));
        const wrong = [...failures, ...(isReviewed(context.env) ? [] : refused)];
        if (wrong.length > 0) throw new Error(wrong.join("\n"));
        return difference;
      }),
    create: (inputs: Properties) =>
      hiding(inputs, async () => {
        if (isReviewed(context.env)) throw nothingIsWritten();
        secrets.learn(inputs);
        const { id, outs } = await lifecycle.create(context, argumentsIn(inputs));
        return { id, outs: secrets.mark(sanitize(outs), inputs) };
      }),
    read: (known: string, props: Properties) =>
      hiding(props, async () => {
        secrets.learn(props);
        const recorded = argumentsIn(props);
        const id = Object.keys(recorded).length === 0 ? givenId(known) : known;
        const found = await lifecycle.read(context, id, recorded);
        if (!found) return {}; // no id: the engine drops the resource from state
        const [shown, inputs] = [sanitize(found.props), sanitize(found.inputs)];
        return { id, props: secrets.mark(shown, props), inputs: secrets.mark(inputs, props) };
      }),
    update: (id: string, olds: Properties, news: Properties) =>
      hiding(news, async () => {
        if (isReviewed(context.env)) throw nothingIsWritten();
        secrets.learn(olds, news);
        const { outs } = await lifecycle.update(context, id, argumentsIn(olds), argumentsIn(news));
        return { outs: secrets.mark(sanitize(outs), news) };
      }),
    delete: (id: string, props: Properties) =>
      hiding(props, async () => {
        if (isReviewed(context.env)) throw nothingIsWritten();
        secrets.learn(props);
        await lifecycle.delete(context, id, argumentsIn(props));
      }),
  };
}

/**
 * Azure has accepted the resource, but it is not finished. Pulumi records it with its id and these properties,
 * so that it is not lost, and the next `up` goes on from there.
 */
export class PartialResource extends Error {
  override readonly name = "PartialResource";
  constructor(
    readonly id: string,
    readonly properties: Record<string, unknown>,
    readonly reasons: string[],
  ) {
    super(reasons.join("\n"));
  }
}

export const isPartialResource = (error: unknown): error is PartialResource =>
  (error as Error | undefined)?.name === "PartialResource";

/**
 * Makes a result fit for the engine: its Struct conversion throws on `undefined`, functions and bigints, nested too
 * (https://github.com/pulumi/pulumi/issues/2962), and turns `NaN` into null.
 */
export function sanitize(value: Record<string, unknown>): Record<string, unknown> {
  return clean(value) as Record<string, unknown>;
}

function clean(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(clean).filter((item) => item !== undefined);
  if (value === null || typeof value !== "object") {
    return ["string", "number", "boolean"].includes(typeof value) || value === null ? value : undefined;
  }
  const entries = Object.entries(value).map(([key, item]) => [key, clean(item)] as const);
  return Object.fromEntries(entries.filter(([, item]) => item !== undefined));
}
