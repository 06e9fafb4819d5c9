import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { root } from "../../../scripts/lib/root.mjs";
import { generateJavaSdk } from "../../../scripts/lib/sdks.mjs";

const directory = mkdtempSync(join(tmpdir(), "java-sdk-"));
afterAll(() => rmSync(directory, { recursive: true }));

test("the host of Java is asked for its SDK where it is on PATH, and without it the SDK is left out", async () => {
  const { PATH = "" } = process.env;
  const hosts = join(directory, "bin");
  mkdirSync(hosts);
  // As Pulumi's own download has one.
  symlinkSync(join(root, "test/support/pcl/pulumi-language-pcl"), join(hosts, "pulumi-language-java"));
  process.env.PATH = [hosts, PATH].join(delimiter);
  expect(await generateJavaSdk(join(directory, "sdk"))).toBeUndefined();
  expect(JSON.parse(readFileSync(join(directory, "sdk/java/schema.json"), "utf8")).name).toBe("azure-backup");

  process.env.PATH = hosts;
  expect(await generateJavaSdk(join(directory, "sdk"))).toBe("pulumi");
});
