import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipelines } from "./pipeline.js";

const marker = "<!-- azure-backup review: prod -->";
const directory = mkdtempSync(join(tmpdir(), "comment-"));
let server: Server;
let url: string;
/** What the platform was asked, and what it holds: enough of it to be talked to by the scripts. */
let asked: { method: string; path: string; authorization: string; body: unknown }[];
let answer: (method: string, path: string) => { status?: number; body: unknown };

beforeAll(async () => {
  server = createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request) text += chunk;
    const { method = "", url: path = "", headers } = request;
    const authorization = headers.authorization ?? String(headers["private-token"]);
    asked.push({ method, path, authorization, body: text && JSON.parse(text) });
    const { status = 200, body } = answer(method, path);
    response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
  asked = [];
});
afterAll(() => {
  server.close();
  rmSync(directory, { recursive: true });
});

async function comment(platform: "gitlab-ci" | "azure-devops", page: string) {
  writeFileSync(join(directory, "review.md"), page);
  const child = spawn("node", [join(pipelines, platform, "comment.mjs"), join(directory, "review.md")], {
    env: {
      PATH: process.env.PATH,
      CI_API_V4_URL: `${url}/api/v4`,
      CI_PROJECT_ID: "7",
      CI_MERGE_REQUEST_IID: "3",
      REVIEW_TOKEN: "gitlab-token",
      SYSTEM_COLLECTIONURI: `${url}/contoso/`,
      SYSTEM_TEAMPROJECTID: "backup",
      BUILD_REPOSITORY_ID: "repository",
      SYSTEM_PULLREQUEST_PULLREQUESTID: "12",
      SYSTEM_ACCESSTOKEN: "azure-token",
    },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text) => (errors += text));
  const [code] = await once(child, "close");
  return { code, errors };
}

const page = `${marker}\n## Refused: 1 change\n`;
const writes = () => asked.filter(({ method }) => method !== "GET");

test("GitLab: the first page is a new note", async () => {
  answer = (method) => ({ body: method === "GET" ? [] : {} });
  expect(await comment("gitlab-ci", page)).toEqual({ code: 0, errors: "" });
  expect(writes()).toEqual([
    {
      method: "POST",
      path: "/api/v4/projects/7/merge_requests/3/notes",
      authorization: "gitlab-token",
      body: { body: page },
    },
  ]);
});

test("GitLab: the next page replaces it, on whichever page of notes it is, and no other", async () => {
  const others = Array.from({ length: 100 }, (_, id) => ({ id, system: false, body: `Looks good. ${marker}` }));
  answer = (method, path) => {
    if (method !== "GET") return { body: {} };
    return { body: path.endsWith("page=1") ? others : [{ id: 500, system: false, body: `${marker}\nearlier` }] };
  };
  expect(await comment("gitlab-ci", page)).toEqual({ code: 0, errors: "" });
  expect(writes()).toMatchObject([{ method: "PUT", path: "/api/v4/projects/7/merge_requests/3/notes/500" }]);
});

test("GitLab: a token that may not write notes fails with a sentence that holds no token", async () => {
  answer = () => ({ status: 403, body: { message: "403 Forbidden" } });
  const { code, errors } = await comment("gitlab-ci", page);
  expect(code).toBe(1);
  expect(errors).toContain("GitLab returned 403 for GET of the merge request's notes.");
  expect(errors).not.toContain("gitlab-token");
});

test("Azure DevOps: the first page is a new thread", async () => {
  answer = (method) => ({ body: method === "GET" ? { value: [] } : {} });
  expect(await comment("azure-devops", page)).toEqual({ code: 0, errors: "" });
  expect(writes()).toEqual([
    {
      method: "POST",
      path: "/contoso/backup/_apis/git/repositories/repository/pullRequests/12/threads?api-version=7.1",
      authorization: "Bearer azure-token",
      body: { comments: [{ parentCommentId: 0, content: page, commentType: "text" }], status: "active" },
    },
  ]);
});

test("Azure DevOps: the next page replaces it, and leaves deleted threads and other comments alone", async () => {
  const threads = [
    { id: 1, isDeleted: true, comments: [{ id: 1, content: `${marker}\nearlier` }] },
    { id: 2, comments: [{ id: 1, content: "Why?" }] },
    { id: 3, comments: [] },
    { id: 4, comments: [{ id: 9, content: `${marker}\nearlier` }] },
  ];
  answer = (method) => ({ body: method === "GET" ? { value: threads } : {} });
  expect(await comment("azure-devops", page)).toEqual({ code: 0, errors: "" });
  expect(writes()).toMatchObject([
    { method: "PATCH", path: expect.stringContaining("/threads/4/comments/9?"), body: { content: page } },
  ]);
});
