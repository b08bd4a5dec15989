import { execFileSync } from "node:child_process";
import { resolve } from "node:path";
import type { ImageTaskProviderProps } from "{{package}}";

const FOLDER = ".emulator";

/**
 * How to reach the emulator. Synth starts it in the background, unless it runs; it ends ten minutes after the last call, and keeps its images in
 * `.emulator/`. An emulator of your own on this machine (ECS_ENDPOINT) goes before.
 */
export function emulator(): ImageTaskProviderProps {
  if (/^(https?:\/\/)?(127\.|localhost\b|\[::1\])/.test(process.env.ECS_ENDPOINT ?? "")) return {};
  const command = ["--no-install", "imagetask", "emulator", "--background", FOLDER, "--task-duration", "3s"];
  const endpoint = execFileSync("npx", command, { encoding: "utf8" }).trim();
  return {
    endpoints: { ecs: endpoint, sts: endpoint },
    protocol: "HTTP",
    // A file and not a key, as the guard rails want it. No key of the environment is used beside it.
    profile: "emulator",
    sharedCredentialsFile: resolve(FOLDER, "profile.json"),
  };
}
