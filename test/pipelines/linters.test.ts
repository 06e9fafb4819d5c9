import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { pythonTools } from "../../scripts/lib/pythonTools.mjs";
import { documents, pipelines, shellOf } from "./pipeline.js";

const bin = pythonTools();
// Said by the skipped test's own name, since nothing else would show it.
const linted = bin ? test : test.skip;
const without = bin ? "" : " (skipped: the linters need Python)";

function lint(program: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(join(bin ?? "", program), args, { cwd: pipelines, encoding: "utf8" });
  return { status, output: status === 0 ? "" : `${stdout}${stderr}` };
}

const workflows = ["github-actions/azure-backup-review.yml", "github-actions/azure-backup-review-forks.yml"];
const ofOtherTools = ["terraform", "bicep"].map((tool) => `github-actions/azure-backup-review-${tool}.yml`);
const gitlabOfTerraform = "gitlab-ci/azure-backup-review-terraform.gitlab-ci.yml";
const azureDevOpsOfTerraform = "azure-devops/azure-backup-review-terraform.yml";

linted.each([
  ["github-workflows", [...workflows, ...ofOtherTools]],
  ["gitlab-ci", ["gitlab-ci/azure-backup-review.gitlab-ci.yml", gitlabOfTerraform]],
  ["azure-pipelines", ["azure-devops/azure-backup-review.yml", azureDevOpsOfTerraform]],
])(`the platform's schema takes %s${without}`, (schema, files) => {
  expect(lint("check-jsonschema", "--builtin-schema", `vendor.${schema}`, ...files)).toEqual({ status: 0, output: "" });
});

linted(`nothing in the workflows lets a pull request take what is not its own${without}`, () => {
  const config = join(__dirname, "zizmor.yml");
  const quiet = ["--offline", "--no-progress", "--color", "never"];
  expect(lint("zizmor", ...quiet, "--config", config, ...workflows, ...ofOtherTools)).toEqual({
    status: 0,
    output: "",
  });
});

linted(`the shell in every pipeline is free of what ShellCheck knows${without}`, () => {
  for (const shell of everyShell()) {
    const { stdout } = spawnSync(join(bin ?? "", "shellcheck"), ["--shell", "bash", "-"], {
      input: shell,
      encoding: "utf8",
    });
    expect(stdout).toBe("");
  }
});

const hasStep = (steps: { name?: string }[], name: string) => steps.some((step) => step.name === name);

function everyShell(): string[] {
  const [github] = documents(workflows[0] ?? "");
  const [gitlab] = documents("gitlab-ci/azure-backup-review.gitlab-ci.yml");
  const [azureDevOps] = documents("azure-devops/azure-backup-review.yml");
  const { script, after_script } = gitlab["azure-backup-review"];
  const job = documents("kubernetes-operator/azure-backup-review.yaml").find(({ kind }) => kind === "Job");
  return [
    shellOf(github.jobs.review.steps, "Review"),
    shellOf(github.jobs.comment.steps, "Comment"),
    [...script, ...after_script].join("\n"),
    // The variables come from the task's own environment.
    `idToken="" servicePrincipalId="" tenantId=""\n${shellOf(azureDevOps.steps, "Review")}`,
    shellOf(azureDevOps.steps, "Comment"),
    ...ofOtherTools.flatMap((file) => {
      const { steps } = documents(file)[0].jobs.review;
      return ["Plan", "What-if", "Review"].flatMap((name) => (hasStep(steps, name) ? shellOf(steps, name) : []));
    }),
    ...documents(gitlabOfTerraform).map((each) => {
      const { before_script, script: lines } = each["azure-backup-review-terraform"];
      return [...before_script, ...lines].join("\n");
    }),
    shellOf(documents(azureDevOpsOfTerraform)[0].steps, "Install Terraform"),
    `idToken="" servicePrincipalId="" tenantId=""\n${shellOf(documents(azureDevOpsOfTerraform)[0].steps, "Review")}`,
    `set -e\n${job.spec.template.spec.containers[0].args[0]}`,
  ];
}

test("the workflows of other tools comment in the same way, and give the job that runs the change no right to", () => {
  const [own, ...others] = [workflows[0] ?? "", ...ofOtherTools].map((file) => documents(file)[0]);
  for (const other of others) {
    expect(other.on).toBe("pull_request");
    expect(other.permissions).toEqual({});
    expect(other.jobs.review.permissions).toEqual(own.jobs.review.permissions);
    expect(other.jobs.comment).toEqual(own.jobs.comment);
  }
});

test("the workflow for forks differs from the other in what a fork makes necessary, and in nothing else", () => {
  const [own, forks] = workflows.map((file) => documents(file)[0]);
  expect(own.on).toBe("pull_request");
  expect(forks.on).toBe("pull_request_target");
  expect(own.permissions).toEqual({});
  expect(forks.permissions).toEqual({});
  expect(forks.jobs.comment).toEqual(own.jobs.comment);
  expect(forks.jobs.review.permissions).toEqual({ contents: "read", "id-token": "write" });
  // Whoever is to approve sees the commit that runs.
  expect(forks.jobs.review.environment).toBe("azure-backup-review-forks");
  expect(forks.jobs.review.steps[0].with.ref).toBe("$" + "{{ github.event.pull_request.head.sha }}");
  expect(shellOf(forks.jobs.review.steps, "Review")).toBe(shellOf(own.jobs.review.steps, "Review"));
});

test("every object that the operator's manifest refers to is in it, or named as needed", () => {
  const objects = documents("kubernetes-operator/azure-backup-review.yaml");
  const named = (kind: string) => objects.filter((each) => each.kind === kind).map(({ metadata }) => metadata.name);
  const [preview, vaults] = objects.filter(({ kind }) => kind === "Stack");
  const job = objects.find(({ kind }) => kind === "Job");
  expect(named("ServiceAccount")).toEqual(
    expect.arrayContaining([
      preview.spec.serviceAccountName,
      vaults.spec.serviceAccountName,
      job.spec.template.spec.serviceAccountName,
    ]),
  );
  expect(preview.spec.preview).toBe(true);
  expect(vaults.spec.prerequisites).toEqual([{ name: preview.metadata.name }]);
  expect([preview.spec.destroyOnFinalize, vaults.spec.destroyOnFinalize]).toEqual([false, false]);
  const [config] = objects.filter(({ kind }) => kind === "ConfigMap");
  const keys = job.spec.template.spec.containers[0].env.flatMap(
    (each: { valueFrom: { configMapKeyRef?: { key: string } } }) => each.valueFrom.configMapKeyRef?.key ?? [],
  );
  expect(Object.keys(config.data)).toEqual(expect.arrayContaining(keys));
});
