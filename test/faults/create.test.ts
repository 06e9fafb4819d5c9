import { always, atEachRequest, once } from "./atEachRequest.js";
import { before, closeWorlds } from "./journey.js";

afterAll(closeWorlds);

test.concurrent.each(once)(
  "create meets %s at any of its requests, and the next run finds nothing wrong",
  async (_, fault) => {
    expect(await atEachRequest("create", before, fault)).toEqual([]);
  },
);

test.concurrent.each(always)(
  "create meets nothing but %s from any of its requests on, and the next run makes it good",
  async (_, fault) => {
    expect(await atEachRequest("create", before, { ...fault, times: "always" })).toEqual([]);
  },
);
