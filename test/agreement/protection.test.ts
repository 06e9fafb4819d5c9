import { tableOf } from "./protectionCells.js";
import { instances } from "./protectionOfInstances.js";
import { items } from "./protectionOfItems.js";
import { beginWorlds, endWorlds, type Kind } from "./protectionWorld.js";

/*
 * What is protected, through all its states and all changes of a program: what we refuse, Azure refuses, and what we let through, Azure
 * takes. Each side has a vault of its own in the same state; Azure is asked in the requests that Microsoft documents.
 */

beforeAll(beginWorlds);
afterAll(endWorlds);

/**
 * `-`: both make the change, with the same outcome. `no`: both refuse it; `late`: so too, but ours only at `up`. `idle`: there is nothing
 * to do for us, as for a removal of what has stopped already. `ours`: only we refuse: what exists is taken over on request only, what is gone is created anew after a refresh only, and
 * another source would be another instance. Nor are backups deleted that no soft delete would keep.
 */
const expected: Record<string, string> = {
  "instances, plain": `
from \\ to    | new  | adopt | undelete | resume | longer | shorter | source | stop | suspend | delete
none         | -    | -     | -        | ours   | ours   | ours    | ours   | idle | idle    | idle
protected    | ours | idle  | idle     | idle   | -      | -       | no     | -    | -       | -
stopped      | ours | -     | -        | -      | -      | -       | no     | idle | idle    | -
suspended    | ours | -     | -        | -      | -      | -       | no     | -    | idle    | -
soft-deleted | -    | -     | -        | ours   | ours   | ours    | ours   | idle | idle    | idle
elsewhere    | no   | no    | no       | late   | late   | late    | ours   | idle | idle    | idle
`,
  "instances, immutable": `
from \\ to    | undelete | longer | shorter | stop | suspend | delete
protected    | idle     | -      | -       | -    | -       | -
stopped      | -        | -      | -       | idle | idle    | -
suspended    | -        | -      | -       | -    | idle    | -
soft-deleted | -        | ours   | ours    | idle | idle    | idle
`,
  "instances, locked": `
from \\ to    | undelete | longer | shorter | stop | suspend | delete
protected    | idle     | -      | -       | -    | -       | -
stopped      | -        | -      | -       | idle | idle    | -
suspended    | -        | -      | -       | -    | idle    | -
soft-deleted | -        | ours   | ours    | idle | idle    | idle
`,
  "instances, guarded": `
from \\ to    | undelete | longer | shorter | stop | suspend | delete
protected    | idle     | no     | no      | -    | -       | -
stopped      | -        | no     | no      | idle | idle    | -
suspended    | -        | no     | no      | -    | idle    | -
soft-deleted | -        | ours   | ours    | idle | idle    | idle
`,
  "instances, without soft delete": `
from \\ to    | undelete | longer | shorter | stop | suspend | delete
protected    | idle     | -      | -       | -    | -       | ours
stopped      | -        | -      | -       | idle | idle    | ours
suspended    | -        | -      | -       | -    | idle    | ours
soft-deleted | -        | ours   | ours    | idle | idle    | idle
`,
  "items, plain": `
from \\ to    | new  | adopt | undelete | resume | longer | shorter | source | stop | suspend | delete
none         | -    | -     | -        | ours   | ours   | ours    | ours   | idle | idle    | idle
protected    | ours | idle  | idle     | idle   | -      | -       | no     | -    | late    | -
stopped      | ours | -     | -        | -      | -      | -       | no     | idle | idle    | -
suspended    | ours | -     | -        | -      | -      | -       | no     | -    | idle    | -
soft-deleted | no   | no    | -        | late   | late   | late    | no     | idle | idle    | idle
elsewhere    | no   | no    | no       | late   | late   | late    | ours   | idle | idle    | idle
`,
  // By the policy that the program has given it: one that was stopped since has none at Azure.
  "items, immutable": `
from \\ to    | undelete | longer | shorter | stop | suspend | delete
protected    | idle     | -      | no      | -    | -       | late
stopped      | -        | -      | ours    | idle | idle    | late
suspended    | -        | -      | no      | -    | idle    | late
soft-deleted | -        | late   | no      | idle | idle    | idle
`,
  "items, locked": `
from \\ to    | undelete | longer | shorter | stop | suspend | delete
protected    | idle     | -      | no      | -    | -       | late
stopped      | -        | -      | ours    | idle | idle    | late
suspended    | -        | -      | no      | -    | idle    | late
soft-deleted | -        | late   | no      | idle | idle    | idle
`,
  "items, guarded": `
from \\ to    | undelete | longer | shorter | stop | suspend | delete
protected    | idle     | -      | no      | -    | late    | -
stopped      | -        | -      | ours    | idle | idle    | -
suspended    | -        | -      | no      | -    | idle    | -
soft-deleted | -        | late   | no      | idle | idle    | idle
`,
};

const kinds: Record<string, Kind> = { instances, items };

test.each(Object.entries(expected))("%s", async (name, table) => {
  const [kind = "", vault = ""] = name.split(", ");
  expect(await tableOf(kinds[kind] as Kind, vault)).toBe(table);
});
