import { isArmError } from "../http/armError.js";
import { type OperationOptions, remainingMs } from "../http/deadline.js";
import { OperationTimeout, UnexpectedResponse } from "../http/errors.js";
import type { HttpResponse } from "../http/http.js";
import { missingBy } from "../reading/resourcePath.js";
import { one, page } from "../reading/responses.js";
import type { Kind } from "../reading/shapes.js";
import { type ArmRequest, operationName, type ServiceClient } from "./armClient.js";

type Read = Omit<ArmRequest, "method" | "body">;

/** A resource. That there is none is an error too. */
export async function read<T>(client: ServiceClient, what: Read, kind: Kind<T>, options: OperationOptions): Promise<T> {
  const response = await client.send({ ...what, method: "GET" }, options);
  return one(kind)(response, what.path, operationName("GET", what.path));
}

/** A resource, or undefined where a 404 says that there is none. */
export async function find<T>(
  client: ServiceClient,
  what: Read,
  kind: Kind<T>,
  options: OperationOptions,
): Promise<T | undefined> {
  try {
    return await read(client, what, kind, options);
  } catch (error) {
    if (missing(error, what.path, kind)) return undefined;
    throw error;
  }
}

/** What a failed request says is not there: the resource at the path, its whole group, or neither. */
export const missing = (
  error: unknown,
  path: string,
  { notFound }: Pick<Kind<unknown>, "notFound"> = {},
): "resource" | "group" | undefined =>
  isArmError(error) && error.status === 404 ? missingBy(error, path, notFound) : undefined;

/** No list that we read is longer. */
export const maxPages = 1_000;

/** The lists that were read whole, by their first page, which a client that reads nothing twice hands out again. */
const lists = new WeakMap<HttpResponse, { kind: unknown; items: unknown[] }>();

/** All pages of a list. */
export async function listAll<T>(
  client: ServiceClient,
  what: Read,
  kind: Kind<T>,
  options: OperationOptions,
): Promise<T[]> {
  const operation = operationName("GET", what.path);
  const first = await client.send({ ...what, method: "GET" }, options);
  const known = lists.get(first);
  // To look through a thousand vaults again for each of a thousand takes longer than to ask for them.
  if (known?.kind === kind) return [...(known.items as T[])];
  const items: T[] = [];
  const followed = new Set<string>();
  for (let response = first; ; ) {
    const { value, nextLink } = page(kind)(response, what.path, operation);
    for (const each of value) items.push(each);
    if (!nextLink) break;
    mayFollow(nextLink, followed, operation, options);
    response = await client.getLink(nextLink, operation, options);
  }
  lists.set(first, { kind, items: [...items] });
  return items;
}

/** A list ends: a chain of pages that goes round, or on and on, is no list. */
export function mayFollow(link: string, followed: Set<string>, operation: string, options: OperationOptions): void {
  // What comes out of a memory takes no time, and would get past the deadline.
  if (remainingMs(options) === 0) throw new OperationTimeout(operation, "", false);
  if (followed.has(link)) throw new UnexpectedResponse(operation, "its pages form a loop", false);
  if (followed.size === maxPages) throw new UnexpectedResponse(operation, `it has more than ${maxPages} pages`, false);
  followed.add(link);
}

/** A subscription that is not registered for a service has nothing of it, which Azure answers as an error. */
export async function noneWhereUnregistered<T>(list: Promise<T[]>): Promise<T[]> {
  try {
    return await list;
  } catch (error) {
    if (isArmError(error) && error.code === "MissingSubscriptionRegistration") return [];
    throw error;
  }
}
