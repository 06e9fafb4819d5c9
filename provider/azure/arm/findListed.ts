import { isArmError } from "../http/armError.js";
import { type OperationOptions, pause, remainingMs } from "../http/deadline.js";
import { OperationTimeout } from "../http/errors.js";
import { operationName } from "./armClient.js";
import { missing, noneWhereUnregistered } from "./reads.js";

interface Listed<T> {
  /** The resource's path. */
  path: string;
  notFound?: readonly string[];
  get: () => Promise<T>;
  /** The list that the resource would be in. */
  list: () => Promise<(T & { id: string })[]>;
}

/**
 * A resource, or undefined where its own 404 and the list both say that there is none. Behind Azure's responses are caches
 * and replicas, and whoever believes a single 404 forgets a vault that is still there. What the list shows is there, and
 * is as the list shows it. Where the whole group is gone, there is nothing to list.
 */
export async function findListed<T>({ path, notFound, get, list }: Listed<T>): Promise<T | undefined> {
  try {
    return await get();
  } catch (error) {
    const what = missing(error, path, { notFound });
    if (what === "group") return undefined;
    if (what === undefined) throw error;
  }
  try {
    const listed = await noneWhereUnregistered(list());
    return listed.find(({ id }) => id.toLowerCase() === path.toLowerCase());
  } catch (error) {
    if (missing(error, path) === "group") return undefined;
    throw error;
  }
}

/**
 * Waits until a deleted resource is gone. Azure reports a deletion as ended before that, and may list what it does not
 * find any more. Whoever may not read the list has to be content with the resource's own 404.
 */
export async function untilGone(
  id: string,
  get: (id: string, options: OperationOptions) => Promise<unknown>,
  options: OperationOptions,
): Promise<void> {
  const [deletion, reading] = [operationName("DELETE", id), operationName("GET", id)];
  for (let waitMs = 100; ; waitMs = Math.min(waitMs * 2, 10_000)) {
    try {
      if ((await get(id, options)) === undefined) return;
    } catch (error) {
      if (isArmError(error) && error.status < 500 && error.operation !== reading) return;
      throw error;
    }
    if (remainingMs(options) <= waitMs) throw new OperationTimeout(deletion, id, true, id);
    await pause(waitMs, options);
  }
}
