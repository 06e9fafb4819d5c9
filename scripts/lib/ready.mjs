import { delimiter } from "node:path";
import { installDependencies } from "./dependencies.mjs";
import { installLanguageTools, languageTools } from "./languageTools.mjs";
import { binaries, findNode } from "./node.mjs";
import { findPulumi } from "./pulumi.mjs";
import { installPythonTools } from "./pythonTools.mjs";
import { installTestTools } from "./testTools.mjs";

/**
 * Installs what is missing on this machine, if anything. Returns what to run the commands with.
 *
 * @param {{ pulumi: boolean, testTools?: boolean, generators?: boolean }} needs
 * @returns {Promise<{ node: string, env: NodeJS.ProcessEnv }>}
 */
export async function ready({ pulumi, testTools, generators }) {
  await installDependencies();
  const node = await findNode();
  if (testTools) {
    await installTestTools();
    await installPythonTools();
  }
  const found = pulumi ? await findPulumi() : "";
  if (testTools) await installLanguageTools({ pulumi: found });
  else if (generators) await installLanguageTools({ only: "generators" });
  // Pulumi's programs look for `node` on PATH, so ours must come before the machine's.
  const path = [binaries, found, testTools ? languageTools() : "", process.env.PATH ?? ""].filter(Boolean);
  return { node, env: { ...process.env, PATH: path.join(delimiter) } };
}
