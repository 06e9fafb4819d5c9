import type { Azure } from "../azure.js";
import { ArmError } from "../http/armError.js";
import { operation } from "../http/operation.js";
import { noContent, ok } from "../http/reply.js";

export const snapshotOperations = (azure: Azure) => [
  operation({
    name: "List snapshots",
    method: "GET",
    path: "/emulator/snapshots",
    answer: () => ok({ value: azure.snapshots.all() }),
  }),
  operation({
    name: "Take a snapshot",
    method: "POST",
    path: "/emulator/snapshots/{name}",
    answer({ params: { name } }) {
      azure.snapshot(name);
      return { status: 201, body: azure.snapshots.all().at(-1) };
    },
  }),
  operation({
    name: "Restore a snapshot",
    method: "POST",
    path: "/emulator/snapshots/{name}/restore",
    answer({ params: { name } }) {
      if (azure.restore(name)) return noContent;
      throw new ArmError(404, "EmulatorSnapshotNotFound", `There is no snapshot "${name}".`);
    },
  }),
  operation({
    name: "Delete a snapshot",
    method: "DELETE",
    path: "/emulator/snapshots/{name}",
    answer({ params: { name } }) {
      azure.snapshots.delete(name);
      return noContent;
    },
  }),
];
