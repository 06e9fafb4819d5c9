// Posts a page as a comment on the pull request of this run: node comment.mjs review.md
// The page's first line is hidden and the same in every run. It identifies the earlier comment, which this one replaces.
// https://learn.microsoft.com/rest/api/azure/devops/git/pull-request-threads
import { readFile } from "node:fs/promises";

const { SYSTEM_COLLECTIONURI, SYSTEM_TEAMPROJECTID, BUILD_REPOSITORY_ID } = process.env;
const { SYSTEM_PULLREQUEST_PULLREQUESTID, SYSTEM_ACCESSTOKEN } = process.env;
const repository = `${SYSTEM_COLLECTIONURI}${SYSTEM_TEAMPROJECTID}/_apis/git/repositories/${BUILD_REPOSITORY_ID}`;
const threads = `${repository}/pullRequests/${SYSTEM_PULLREQUEST_PULLREQUESTID}/threads`;

const content = await readFile(process.argv[2] ?? "review.md", "utf8");
const marker = content.slice(0, content.indexOf("\n"));
const { value } = await ask("GET", threads);
const earlier = value.find(({ isDeleted, comments }) => !isDeleted && comments[0]?.content?.startsWith(marker));

if (earlier) {
  await ask("PATCH", `${threads}/${earlier.id}/comments/${earlier.comments[0].id}`, { content });
} else {
  await ask("POST", threads, { comments: [{ parentCommentId: 0, content, commentType: "text" }], status: "active" });
}

/**
 * @param {string} method
 * @param {string} url
 * @param {object} [body]
 */
async function ask(method, url, body) {
  const response = await fetch(`${url}?api-version=7.1`, {
    method,
    headers: { Authorization: `Bearer ${SYSTEM_ACCESSTOKEN}`, "Content-Type": "application/json" },
    body: body && JSON.stringify(body),
  });
  if (!response.ok)
    throw new Error(`Azure DevOps returned ${response.status} for ${method} of the pull request's threads.`);
  return response.json();
}
