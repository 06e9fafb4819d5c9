import { readFileSync } from "node:fs";
import { misfit } from "../arm/shape.js";
import type { Azure } from "../azure/azure.js";
import type { ArmResource } from "../state/records.js";
import { type Answer, type Inside, inside } from "./inside.js";

/**
 * Makes the resources that a file describes, in its order, each by the PUT that a client would send. A resource is as
 * Resource Manager shows it: what is read-only in it is ignored. It may name the api-version of its PUT, as in an ARM
 * template.
 */
export function seed(file: string, azure: Azure, answer: Answer): void {
  const resources = readSeed(file);
  const client = inside(azure, answer, "https://localhost");
  const wrong = resources.flatMap((resource, index) => {
    const failure = make(client, resource);
    return failure === undefined ? [] : [`resources[${index}] (${resource.id}): ${failure}`];
  });
  if (wrong.length > 0) throw notSeeded(file, wrong);
}

function make(client: Inside, { id, apiVersion, ...body }: ArmResource): string | undefined {
  try {
    const query = apiVersion === undefined ? "" : `?api-version=${apiVersion}`;
    client.make("PUT", `${id}${query}`, withReferences(client, body));
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

function readSeed(file: string): ArmResource[] {
  const given = parse(file);
  const resources = (given as ArmResource | null)?.resources;
  if (!Array.isArray(resources)) throw notSeeded(file, ['It must contain an object with a list "resources".']);
  const wrong = resources.flatMap((resource, index) => {
    const fact = misfit(resource, { id: "string", apiVersion: "string" }, `resources[${index}]`);
    if (fact !== undefined) return [fact];
    return resource?.id?.startsWith("/subscriptions/")
      ? []
      : [`resources[${index}]: "id" must be a resource ID, which begins with /subscriptions/.`];
  });
  if (wrong.length > 0) throw notSeeded(file, wrong);
  return resources;
}

function parse(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw notSeeded(file, [(error as Error).message]);
  }
}

function notSeeded(file: string, facts: string[]): Error {
  return new Error(
    `The emulator did not start: the seed ${file} could not be applied.\n${facts.map((fact) => `- ${fact}`).join("\n")}`,
  );
}

/**
 * What Azure chooses (a principal, a key's version) nobody can write down beforehand: `{"$ref": "<id>#/a/b"}` stands
 * for what the resource of that id has there, as in JSON Reference.
 */
function withReferences(client: Inside, value: ArmResource): ArmResource;
function withReferences(client: Inside, value: unknown): unknown;
function withReferences(client: Inside, value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => withReferences(client, item));
  const { $ref } = value as ArmResource;
  if (typeof $ref === "string") return referred(client, $ref);
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withReferences(client, member)]));
}

function referred(client: Inside, reference: string): unknown {
  const [id = "", pointer = ""] = reference.split("#");
  const { status, body } = client.arm("GET", id);
  if (status !== 200) throw new Error(`"$ref": ${id} does not exist yet.`);
  // https://www.rfc-editor.org/rfc/rfc6901
  const names = pointer.split("/").slice(1);
  const found = names.reduce<unknown>((at, name) => {
    const member = name.replaceAll("~1", "/").replaceAll("~0", "~");
    return typeof at === "object" && at !== null ? (at as ArmResource)[member] : undefined;
  }, body);
  if (found === undefined) throw new Error(`"$ref": ${id} has no "${pointer}".`);
  return found;
}
