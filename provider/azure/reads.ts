import type { ArmRequest, ServiceClient } from "./armClient.js";
import { isArmError } from "./errors/armError.js";
import { operationName } from "./operationName.js";
import type { Within } from "./within.js";

type Read = Omit<ArmRequest, "method" | "body">;

/**
 * A resource, or undefined where it is gone. Gone is a 404 that names a resource or its group as what is not found. A
 * 404 for the subscription comes from the wrong tenant, one without a code from a proxy: neither says a thing about it.
 */
export async function find<T>(client: ServiceClient, read: Read, within: Within): Promise<T | undefined> {
  try {
    return (await client.send({ ...read, method: "GET" }, within)).body as T;
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

export const isGone = (error: unknown): boolean => isArmError(error) && error.status === 404 && saysGone(error.code);

const saysGone = (code: string) => /NotFound$/i.test(code) && !/^(Subscription|Tenant)NotFound$/i.test(code);

/** No list that we read is longer; an endless chain of pages ends here. */
const maxPages = 1_000;

/** All pages of a list. */
export async function listAll<T>(client: ServiceClient, read: Read, within: Within): Promise<T[]> {
  const operation = operationName("GET", read.path);
  const items: T[] = [];
  let answer = await client.send({ ...read, method: "GET" }, within);
  for (let pages = 1; ; pages += 1) {
    const { value = [], nextLink } = (answer.body ?? {}) as { value?: T[]; nextLink?: string | null };
    items.push(...value);
    if (!nextLink) return items;
    if (pages === maxPages) throw new Error(`${operation} has more than ${maxPages} pages.`);
    answer = await client.follow(nextLink, operation, within);
  }
}
