import { always, atEachRequest, once } from "./atEachRequest.js";
import { after, closeWorlds } from "./journey.js";

afterAll(closeWorlds);

test.concurrent.each(once)(
  "update by PUT meets %s at any of its requests, and the next run finds nothing wrong",
  async (_, fault) => {
    expect(await atEachRequest("update", after, fault)).toEqual([]);
  },
);

test.concurrent.each(always)(
  "update by PUT meets nothing but %s from any of its requests on, and the next run makes it good",
  async (_, fault) => {
    expect(await atEachRequest("update", after, { ...fault, times: "always" })).toEqual([]);
  },
);
