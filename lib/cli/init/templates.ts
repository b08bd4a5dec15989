import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Texts by name; in them, `{{name}}` stands for a value. */
export interface Texts {
  readonly [name: string]: string;
}

/** The contents of the folder `templates/`, as the build bundles them, with the versions of this package's own dependencies. */
export interface Templates {
  readonly versions: Texts;
  /** Values by CDK. */
  readonly cdks: { readonly [cdk: string]: Texts };
  readonly languages: readonly string[];
  readonly templates: readonly string[];
  /** Files and values of each folder in `templates/`. */
  readonly layers: { readonly [layer: string]: { readonly files: Texts; readonly values: Texts } };
}

/** The templates that this package ships. */
export function readTemplates(): Templates {
  return JSON.parse(readFileSync(join(__dirname, "../../templates.json"), "utf8"));
}
