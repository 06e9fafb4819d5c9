import type { ArmResource } from "../state/records.js";
import { ArmError } from "./armError.js";
import { type Call, ok, type Reply } from "./operation.js";

/** A list in pages, as Azure gives it: the address of the next page is `nextLink`. */
export function page<Item>(
  { request, settings }: Call,
  items: Item[],
  show: (item: Item) => unknown,
  wanted = settings.pageSize,
): Reply {
  const from = Number(request.query.get("$skipToken") ?? 0) || 0;
  const next = from + Math.min(wanted, settings.pageSize);
  const value = items.slice(from, next).map(show);
  if (next >= items.length) return ok({ value });
  const query = new URLSearchParams(request.query);
  query.set("$skipToken", String(next));
  return ok({ value, nextLink: `${request.origin}${request.path}?${query}` });
}

/** How many resources a client wants in a page; undefined: as many as there are in one. */
export function top({ request }: Call): number | undefined {
  const text = request.query.get("$top");
  if (text === null) return undefined;
  const count = Number(text);
  if (Number.isInteger(count) && count > 0) return count;
  const message = `The value '${text}' of the query parameter '$top' is invalid: a positive integer is expected.`;
  throw new ArmError(400, "InvalidTopInQueryString", message);
}

type Test = (resource: ArmResource) => boolean;

/** What a filter's field is in a resource; undefined: it has no such value. */
export type FilterFields = Record<string, (resource: ArmResource) => string | undefined>;

/** Fields of which `eq` means something else than equality; the value comes in lower case. */
export type FilterTests = Record<string, (resource: ArmResource, value: string) => boolean>;

/**
 * A `$filter` as Azure's lists take it, in any case: comparisons with `eq` and `ne`, `substringof`, `startswith`,
 * `and`, `or` and parentheses. https://learn.microsoft.com/rest/api/resources/resources/list
 */
export function filterOf(text: string | null, fields: FilterFields, tests: FilterTests = {}): Test {
  if (!text) return () => true;
  const tokens = text.match(/'(?:[^']|'')*'|[(),]|[^\s(),']+/g) ?? [];
  return new Parser(tokens, text, lowerCased(fields), lowerCased(tests)).whole();
}

/** Without a prototype: a filter may ask for a field that is called constructor. */
function lowerCased<Value>(named: Record<string, Value>): Record<string, Value> {
  const entries = Object.entries(named).map(([name, value]) => [name.toLowerCase(), value]);
  return Object.assign(Object.create(null), Object.fromEntries(entries));
}

/** Parentheses within parentheses: nobody needs as many, and each one costs the parser a call. */
const deepest = 100;

/** What is left of the words of a filter, from left to right. */
class Parser {
  #at = 0;
  #depth = 0;
  /** The last `tagName eq`: a `tagValue` after it means the value of that tag. */
  #tagName = "";

  constructor(
    readonly tokens: readonly string[],
    readonly text: string,
    readonly fields: FilterFields,
    readonly tests: FilterTests,
  ) {}

  whole(): Test {
    const test = this.#either();
    if (this.#at < this.tokens.length) throw this.#invalid();
    return test;
  }

  #either(): Test {
    const tests = [this.#both()];
    while (this.#takes("or")) tests.push(this.#both());
    return (resource) => tests.some((test) => test(resource));
  }

  #both(): Test {
    const tests = [this.#one()];
    while (this.#takes("and")) tests.push(this.#one());
    return (resource) => tests.every((test) => test(resource));
  }

  #one(): Test {
    if (this.#takes("(")) return this.#nested();
    if (this.#takes("substringof")) {
      this.#expect("(");
      const part = this.#value();
      this.#expect(",");
      const field = this.#field();
      return this.#closed((resource) => field(resource).some((value) => value.toLowerCase().includes(part)));
    }
    if (this.#takes("startswith")) {
      this.#expect("(");
      const field = this.#field();
      this.#expect(",");
      const start = this.#value();
      return this.#closed((resource) => field(resource).some((value) => value.toLowerCase().startsWith(start)));
    }
    const name = this.tokens[this.#at]?.toLowerCase() ?? "";
    const test = this.tests[name];
    if (test !== undefined) {
      this.#at += 1;
      this.#expect("eq");
      const value = this.#value();
      return (resource) => test(resource, value);
    }
    const field = this.#field();
    const isEqual = this.#takes("eq");
    if (!isEqual) this.#expect("ne");
    const wanted = this.#value();
    if (name === "tagname") this.#tagName = wanted;
    return (resource) => field(resource).some((value) => value.toLowerCase() === wanted) === isEqual;
  }

  #nested(): Test {
    this.#depth += 1;
    if (this.#depth > deepest) throw this.#invalid();
    const test = this.#closed(this.#either());
    this.#depth -= 1;
    return test;
  }

  #closed(test: Test): Test {
    this.#expect(")");
    return test;
  }

  #field(): (resource: ArmResource) => string[] {
    const name = this.tokens[this.#at]?.toLowerCase() ?? "";
    this.#at += 1;
    if (name === "tagname") return ({ tags }) => Object.keys(tags ?? {});
    if (name === "tagvalue") {
      const tagName = this.#tagName;
      return ({ tags }) =>
        Object.entries<string>(tags ?? {}).flatMap(([key, value]) => (key.toLowerCase() === tagName ? [value] : []));
    }
    const read = this.fields[name];
    if (read === undefined) throw this.#invalid();
    return (resource) => [read(resource) ?? ""];
  }

  /** Lower-cased: Resource Manager compares so. */
  #value(): string {
    const token = this.tokens[this.#at] ?? "";
    this.#at += 1;
    if (!token.startsWith("'")) throw this.#invalid();
    return token.slice(1, -1).replaceAll("''", "'").toLowerCase();
  }

  #takes(word: string): boolean {
    if (this.tokens[this.#at]?.toLowerCase() !== word) return false;
    this.#at += 1;
    return true;
  }

  #expect(word: string): void {
    if (!this.#takes(word)) throw this.#invalid();
  }

  #invalid(): ArmError {
    const message = `Invalid $filter '${this.text}' specified in the query string.`;
    return new ArmError(400, "InvalidFilterInQueryString", message);
  }
}

/** What lists of resources and resource groups can be filtered by. */
export const resourceFields: FilterFields = {
  resourceType: ({ type }) => type,
  name: ({ name }) => name,
  resourceGroup: ({ id }) => id.split("/")[4],
  location: ({ location }) => location,
};
