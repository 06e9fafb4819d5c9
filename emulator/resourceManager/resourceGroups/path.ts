export const groupsPath = "/subscriptions/{subscriptionId}/resourcegroups";
export const groupPath = `${groupsPath}/{resourceGroupName}` as const;
