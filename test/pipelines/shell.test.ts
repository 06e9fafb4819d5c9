import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../../scripts/lib/root.mjs";
import { terraformPlan, whatIf } from "../review/planDocuments.js";
import { preview, vaultId } from "../review/previews.js";
import { documents, shellOf } from "./pipeline.js";

// The shell of each pipeline, run as it stands, with the real command on a preview of ours. Of the platform's own
// programs there are stand-ins that write down how they were called.
let directory: string;
const main = join(root, "dist/cli/main.js");

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "pipeline-"));
  mkdirSync(join(directory, "bin"));
  program("npx", `shift; exec '${process.execPath}' '${join(root, "dist/cli/main.js")}' "$@" --from preview.json`);
  for (const name of ["npm", "git"]) program(name, `echo "${name} $*" >> calls`);
  program("az", "echo 5b5c0000-0000-4000-8000-0000000005b5");
  program("gh", 'echo "$MARKER|$*" >> calls; case "$*" in *--paginate*) cat earlier 2> /dev/null;; esac; true');
  writeFileSync(join(directory, "comment.mjs"), 'console.log("comment of", process.argv[2]);\n');
});
afterEach(() => rmSync(directory, { recursive: true }));

function program(name: string, shell: string): void {
  const file = join(directory, "bin", name);
  writeFileSync(file, `#!/bin/bash\n${shell}\n`);
  chmodSync(file, 0o755);
}

function previewOf(immutability: string): void {
  const type = "azure-native:dataprotection:BackupVault";
  const vault = (state: string) => ({
    vaultName: "bv-payroll",
    resourceGroupName: "rg-payroll",
    location: "westeurope",
    properties: { securitySettings: { immutabilitySettings: { state } }, storageSettings: [] },
  });
  const step = { op: "update", type, name: "payroll", old: vault("Locked"), new: vault(immutability) };
  writeFileSync(join(directory, "preview.json"), preview(step));
}

/** As the platforms start it. */
function bash(shell: string, env: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", shell], {
    cwd: directory,
    env: {
      PATH: `${join(directory, "bin")}:${process.env.PATH}`,
      HOME: directory,
      STACK: "prod",
      GITHUB_STEP_SUMMARY: join(directory, "summary"),
      ...env,
    },
    encoding: "utf8",
  });
  return { status, output: `${stdout}${stderr}` };
}

const text = (file: string) => (existsSync(join(directory, file)) ? readFileSync(join(directory, file), "utf8") : "");

const [github] = documents("github-actions/azure-backup-review.yml");
const [gitlab] = documents("gitlab-ci/azure-backup-review.gitlab-ci.yml");
const [azureDevOps] = documents("azure-devops/azure-backup-review.yml");
const job = documents("kubernetes-operator/azure-backup-review.yaml").find(({ kind }) => kind === "Job");

const reviews: Record<string, string> = {
  "GitHub Actions": shellOf(github.jobs.review.steps, "Review"),
  "GitLab CI": gitlab["azure-backup-review"].script.join("\n"),
  "Azure DevOps": shellOf(azureDevOps.steps, "Review"),
};

test.each(Object.keys(reviews))("%s fails on a refused change, and its page is there to be shown", (platform) => {
  previewOf("Disabled");
  expect(bash(reviews[platform] ?? "").status).toBe(1);
  expect(text("review.md")).toContain("immutability-locked");
});

test.each(Object.keys(reviews))("%s passes where nothing is refused, with a page that says so", (platform) => {
  previewOf("Locked");
  expect(bash(reviews[platform] ?? "")).toMatchObject({ status: 0 });
  expect(text("review.md")).toMatch(/^<!-- azure-backup review/);
});

test.each(Object.keys(reviews))("%s fails, with the reason in its log, where nothing could be judged", (platform) => {
  writeFileSync(join(directory, "preview.json"), "error: no stack named 'prod' found");
  const { status, output } = bash(reviews[platform] ?? "");
  expect(status).toBe(2);
  expect(output).toContain("azure-backup review: ");
  expect(text("review.md")).toBe("");
});

test("GitHub Actions shows the page in the run's summary too", () => {
  previewOf("Disabled");
  bash(reviews["GitHub Actions"] ?? "");
  expect(text("summary")).toBe(text("review.md"));
});

const comment = shellOf(github.jobs.comment.steps, "Comment");
const api = { COMMENTS: "repos/contoso/vaults/issues/7/comments", ONE_COMMENT: "repos/contoso/vaults/issues/comments" };

test("GitHub Actions comments once, then replaces that comment, found by the page's hidden first line", () => {
  previewOf("Disabled");
  bash(reviews["GitHub Actions"] ?? "");
  const [marker] = text("review.md").split("\n");

  expect(bash(comment, api)).toEqual({ status: 0, output: "" });
  expect(text("calls")).toContain(`${marker}|api --paginate ${api.COMMENTS} --jq `);
  expect(text("calls")).toContain(`|api --method POST ${api.COMMENTS} --field body=@review.md`);

  rmSync(join(directory, "calls"));
  writeFileSync(join(directory, "earlier"), "4711\n");
  expect(bash(comment, api)).toEqual({ status: 0, output: "" });
  expect(text("calls")).toContain(`|api --method PATCH ${api.ONE_COMMENT}/4711 --field body=@review.md`);
  expect(text("calls")).not.toContain("POST");
});

test("GitHub Actions writes no comment where there is no page", () => {
  expect(bash(comment, api)).toEqual({ status: 0, output: "" });
  expect(text("calls")).toBe("");
});

test("GitLab CI and Azure DevOps comment after a refusal too, and only where there is a page", () => {
  const comments = [
    gitlab["azure-backup-review"].after_script.join("\n"),
    shellOf(azureDevOps.steps, "Comment"),
  ] as const;
  for (const shell of comments) expect(bash(shell, { COMMENT_SCRIPT: "comment.mjs" }).output).toBe("");
  previewOf("Disabled");
  bash(reviews["GitLab CI"] ?? "");
  for (const shell of comments) {
    expect(bash(shell, { COMMENT_SCRIPT: "comment.mjs" }).output).toContain("comment of review.md\n");
  }
});

test("the operator's job reviews the commit that is to be delivered, and fails where a change is refused", () => {
  const { command, args } = job.spec.template.spec.containers[0];
  expect(command).toEqual(["bash", "-euc"]);
  const env = { REPOSITORY: "https://example.org/vaults.git", COMMIT: "main" };
  for (const [immutability, status] of [
    ["Disabled", 1],
    ["Locked", 0],
  ] as const) {
    previewOf(immutability);
    // The directory that the job works in is the one with the preview.
    const shell = `mkdir -p work; cp preview.json work; ${args[0]}`;
    const result = bash(shell, env);
    expect(result.status).toBe(status);
    expect(result.output.includes("immutability-locked")).toBe(status === 1);
  }
  expect(text("work/calls")).toContain("git fetch --quiet --depth 1 https://example.org/vaults.git main");
});

// What Terraform and Azure would say is in a file, and the command comes from this repository instead of npm.
const ofOtherTools: Record<string, { shell: string; tool: "terraform" | "az"; name: string }> = {
  "GitHub Actions, Terraform": {
    shell: stepsOf("github-actions/azure-backup-review-terraform.yml", "Plan", "Review"),
    tool: "terraform",
    name: "infra",
  },
  "GitHub Actions, Bicep": {
    shell: stepsOf("github-actions/azure-backup-review-bicep.yml", "What-if", "Review"),
    tool: "az",
    name: "main.bicep",
  },
  "GitLab CI, Terraform": {
    shell: documents("gitlab-ci/azure-backup-review-terraform.gitlab-ci.yml")[0][
      "azure-backup-review-terraform"
    ].script.join("\n"),
    tool: "terraform",
    name: "infra",
  },
  "Azure DevOps, Terraform": {
    shell: shellOf(documents("azure-devops/azure-backup-review-terraform.yml")[0].steps, "Review"),
    tool: "terraform",
    name: "infra",
  },
};

function stepsOf(file: string, ...names: string[]): string {
  const { steps } = documents(file)[0].jobs.review;
  return names.map((name) => shellOf(steps, name)).join("\n");
}

test.each(Object.keys(ofOtherTools))("%s fails on a refused change, with a page of its own name", (pipeline) => {
  const { shell = "", tool = "az", name = "" } = ofOtherTools[pipeline] ?? {};
  program("npx", `while [ "$1" != review ]; do shift; done; exec '${process.execPath}' '${main}' "$@"`);
  const types = { terraform: "azurerm_data_protection_backup_vault", az: "Microsoft.DataProtection/backupVaults" };
  const answers = {
    terraform: `case "$*" in *" show -json "*) cat '${directory}/answer';; esac`,
    az: `case "$*" in *" what-if "*FullResourcePayloads*) cat '${directory}/answer';; *) echo 5b5c0000;; esac`,
  };
  program(tool, answers[tool]);
  const values = (immutability: string) => ({ id: vaultId(), name: "payroll", immutability });
  const body = (state: string) => ({ properties: { securitySettings: { immutabilitySettings: { state } } } });
  const answer =
    tool === "az"
      ? whatIf({ resourceId: vaultId(), changeType: "Modify", before: body("Locked"), after: body("Disabled") })
      : terraformPlan([
          { type: types[tool], actions: ["update"], before: values("Locked"), after: values("Disabled") },
        ]);
  writeFileSync(join(directory, "answer"), answer);
  const env = { DIRECTORY: "infra", TEMPLATE: "main.bicep", RESOURCE_GROUP: "rg-backup" };
  const temporary = { RUNNER_TEMP: directory, AGENT_TEMPDIRECTORY: directory, CI_BUILDS_DIR: directory };
  const result = bash(shell, { ...env, ...temporary });
  expect(result.status).toBe(1);
  expect(text("review.md")).toContain("immutability-locked");
  expect(text("review.md")).toMatch(new RegExp(`^<!-- azure-backup review: ${name} -->`));
});
