import { resolve } from "node:path";
import type { Templates } from "../../../lib/cli/init/templates";
import { loadScript } from "../../scripts/support/load-script";

/** The templates as the build makes them of the folder `templates/`. */
export const TEMPLATES = loadScript<{ templatesOf(root: string): Templates }>("scripts/build/templates.mjs").templatesOf(
  resolve(__dirname, "../../.."),
);
