import { accessSync, constants, statSync } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";

/** The binary that cdktf is to run: the user's choice, else `terraform`, else `tofu`; null when there is none. */
export function findTerraform(env) {
  const names = env.TERRAFORM_BINARY_NAME ? [env.TERRAFORM_BINARY_NAME] : ["terraform", "tofu"];
  return names.find((name) => isOnPath(name, env.PATH ?? "")) ?? null;
}

function isOnPath(name, path) {
  if (isAbsolute(name)) return isProgram(name);
  return path.split(delimiter).some((dir) => dir !== "" && isProgram(join(dir, name)));
}

function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
