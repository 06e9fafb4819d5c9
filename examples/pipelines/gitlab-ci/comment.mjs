// Posts a page as a note on the merge request of this pipeline: node comment.mjs review.md
// The page's first line is hidden and the same in every run. It identifies the earlier note, which this one replaces.
// https://docs.gitlab.com/api/notes/#merge-requests
import { readFile } from "node:fs/promises";

const { CI_API_V4_URL, CI_PROJECT_ID, CI_MERGE_REQUEST_IID, REVIEW_TOKEN } = process.env;
const notes = `${CI_API_V4_URL}/projects/${CI_PROJECT_ID}/merge_requests/${CI_MERGE_REQUEST_IID}/notes`;

const body = await readFile(process.argv[2] ?? "review.md", "utf8");
const earlier = await find(body.slice(0, body.indexOf("\n")));
await ask(earlier ? "PUT" : "POST", earlier ? `${notes}/${earlier.id}` : notes, { body });

/** @param {string} marker */
async function find(marker) {
  // A limit, in case the pages never end.
  for (let page = 1; page <= 100; page += 1) {
    const found = await ask("GET", `${notes}?per_page=100&page=${page}`);
    const note = found.find((each) => !each.system && each.body.startsWith(marker));
    if (note || found.length < 100) return note;
  }
  return undefined;
}

/**
 * @param {string} method
 * @param {string} url
 * @param {object} [content]
 */
async function ask(method, url, content) {
  const response = await fetch(url, {
    method,
    headers: { "PRIVATE-TOKEN": REVIEW_TOKEN ?? "", "Content-Type": "application/json" },
    body: content && JSON.stringify(content),
  });
  if (!response.ok) throw new Error(`GitLab returned ${response.status} for ${method} of the merge request's notes.`);
  return response.json();
}
