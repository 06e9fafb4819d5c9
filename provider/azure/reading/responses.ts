import { UnexpectedResponse } from "../http/errors.js";
import type { HttpResponse } from "../http/http.js";
import { anotherThan, isBelow, scopeOf } from "./resourcePath.js";
import { type Kind, listOf, Mismatch, object, optional, type Shape, text, whatIs } from "./shapes.js";

/** Makes of a response to a GET what was asked for, or throws an `UnexpectedResponse`. */
export type Reading<T> = (response: HttpResponse, path: string, operation: string) => T;

/** The resource at the path, and no other. */
export const one =
  <T>({ noun, shape }: Kind<T>): Reading<T> =>
  (response, path, operation) => {
    const body = expecting(response, operation, noun, shape);
    const other = anotherThan(path, body as { id?: unknown; name?: unknown; type?: unknown });
    if (other) throw new UnexpectedResponse(operation, `it describes another resource, ${other}`, false);
    return body;
  };

export interface Page<T> {
  value: T[];
  nextLink?: string;
}

/** One page of the list at the path. */
export const page =
  <T>({ noun, shape, isInherited }: Kind<T>): Reading<Page<T>> =>
  (response, path, operation) => {
    const listed = object({ value: listOf(shape), nextLink: optional(text) });
    const found = expecting(response, operation, `a list (each item ${noun})`, listed);
    if (found.nextLink && !URL.canParse(found.nextLink))
      throw new UnexpectedResponse(operation, "the link to its next page is not a valid URL", false);
    for (const each of isInherited ? [] : found.value) {
      const { id } = each as { id?: unknown };
      if (typeof id === "string" && !isBelow(scopeOf(path), id))
        throw new UnexpectedResponse(operation, `the list contains ${id}, which belongs elsewhere`, false);
    }
    return found;
  };

/** A GET is answered with the thing itself. Nothing, or "later", is no response to it. */
function expecting<T>(response: HttpResponse, operation: string, noun: string, shape: Shape<T>): T {
  if (response.status !== 200) throw new UnexpectedResponse(operation, came(response, noun), false);
  return shaped(response, operation, noun, shape, false);
}

/** @param accepted a write went before, which Azure has accepted */
export function shaped<T>(
  response: HttpResponse,
  operation: string,
  noun: string,
  shape: Shape<T>,
  accepted: boolean,
): T {
  try {
    return shape(response.body, "");
  } catch (error) {
    if (!(error instanceof Mismatch)) throw error;
    const isAll = error.at === "" || whatIs(response.body) === "an empty object";
    const found = isAll ? came(response, noun) : `expected ${noun}, but ${error.message}`;
    throw new UnexpectedResponse(operation, found, accepted);
  }
}

const came = ({ status, body }: HttpResponse, noun: string): string =>
  `HTTP ${status} with ${body === undefined ? "no body" : whatIs(body)} instead of ${noun}`;
