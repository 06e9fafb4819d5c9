import { isMap, isSet, isUint8Array } from "node:util/types";

/**
 * Plain data as JSON, with what JSON alone cannot say: maps, sets, bytes and numbers that are not finite. An object
 * whose own names begin with `$` is written as a list, so that no content of a client is taken for one of these.
 */
export function encode(value: unknown): string {
  return JSON.stringify(toJson(value));
}

export function decode(text: string): unknown {
  return fromJson(JSON.parse(text));
}

type Json = Record<string, unknown>;

function toJson(value: unknown): unknown {
  if (typeof value === "number") return Number.isFinite(value) ? value : { $number: String(value) };
  if (value === undefined || value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (Array.isArray(value)) return value.map(toJson);
  if (isMap(value)) return { $map: pairs(value) };
  if (isSet(value)) return { $set: [...value].map(toJson) };
  if (isUint8Array(value)) return { $bytes: Buffer.from(value).toString("base64") };
  if (!isPlain(value)) throw new TypeError(`The world contains a value that is not plain data: ${String(value)}.`);
  const members = Object.entries(value);
  if (members.some(([name]) => name.startsWith("$"))) return { $object: pairs(members) };
  return Object.fromEntries(members.map(([name, member]) => [name, toJson(member)]));
}

function fromJson(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(fromJson);
  const { $number, $map, $set, $bytes, $object } = value as Json;
  if ($number !== undefined) return Number($number);
  if ($map !== undefined) return new Map(fromJson($map) as [unknown, unknown][]);
  if ($set !== undefined) return new Set(fromJson($set) as unknown[]);
  if ($bytes !== undefined) return Buffer.from(String($bytes), "base64");
  if ($object !== undefined) return Object.fromEntries(fromJson($object) as [string, unknown][]);
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, fromJson(member)]));
}

function pairs(entries: Iterable<[unknown, unknown]>): unknown[] {
  return [...entries].map(([key, value]) => [toJson(key), toJson(value)]);
}

function isPlain(value: unknown): value is Json {
  if (typeof value !== "object") return false;
  const prototype = Object.getPrototypeOf(value);
  // Not compared with Object.prototype: what another realm made (a test runner's) is plain, too.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
