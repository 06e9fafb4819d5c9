/** What makes Pulumi replace a resource that nothing requires to be replaced. It is then checked as a new one, which exists. */
export const requestsToReplace =
  "the option `replaceOnChanges`, `replaceWith` or `replacementTrigger`, `--replace`, or a `pulumi state taint`";

/** For the refusal of a new resource that exists. */
export const ifAskedToReplace = `If Pulumi was asked to replace its resource, remove what asks for it: ${requestsToReplace}. `;
