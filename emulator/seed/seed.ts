import { readFileSync } from "node:fs";
import type { Answer } from "../answer.js";
import type { ArmResource } from "../armResource.js";
import type { Azure } from "../azure.js";
import { misfit } from "../http/shape.js";
import { type Inside, inside } from "../inside.js";
import { withReferences } from "./references.js";

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
  if (!Array.isArray(resources)) throw notSeeded(file, ['An object with the list "resources" is expected.']);
  const wrong = resources.flatMap((resource, index) => {
    const fact = misfit(resource, { id: "string", apiVersion: "string" }, `resources[${index}]`);
    if (fact !== undefined) return [fact];
    return resource?.id?.startsWith("/subscriptions/")
      ? []
      : [`resources[${index}]: "id" has to be the id of a resource, and begin with /subscriptions/.`];
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
    `The emulator did not start: it cannot be filled from ${file}.\n${facts.map((fact) => `- ${fact}`).join("\n")}`,
  );
}
