import { operation } from "../../http/operation.js";
import { beginOperation, retryAfter } from "../../operations/begin.js";
import { requireGroup } from "../requireGroup.js";
import { groupPath } from "./path.js";

export const remove = operation({
  name: "ResourceGroups_Delete",
  method: "DELETE",
  path: groupPath,
  answer(call) {
    const group = requireGroup(call);
    group.properties.provisioningState = "Deleting";
    const begun = beginOperation(call, { kind: "resourceGroupDeleted", groupId: group.id.toLowerCase() });
    const { origin } = call.request;
    const location = `${origin}/subscriptions/${call.params.subscriptionId}/operationresults/${encodeURIComponent(begun.id)}`;
    const headers = {
      Location: `${location}?api-version=${call.request.query.get("api-version")}`,
      ...retryAfter(call, 15),
    };
    return { status: 202, headers };
  },
});
