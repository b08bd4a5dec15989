import type { Templates, Texts } from "./templates";

/** The project that the user chose. */
export interface Choice {
  readonly template: string;
  readonly language: string;
  readonly cdk: string;
}

export interface ProjectValues {
  readonly name: string;
  readonly projectId: string;
  /** The file in `vendor/` that replaces the published package. */
  readonly vendored?: string;
}

/** The project's files: those of all projects, of the language, and of the template in that language. Later files replace earlier ones. */
export function renderProject(templates: Templates, choice: Choice, project: ProjectValues): Texts {
  const layers = ["all", choice.language, `${choice.language}-${choice.template}`].map((layer) => templates.layers[layer]);
  const { name, projectId } = project;
  const values: Texts = Object.assign(
    { ...templates.versions, ...templates.cdks[choice.cdk], ...packageValues(templates, choice, project.vendored) },
    ...layers.map((layer) => layer.values),
    { name, projectId },
  );
  const files: Texts = Object.assign({}, ...layers.map((layer) => layer.files));
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [path, renderText(text, values)]));
}

/** The values with which the project names the package as a dependency. */
export function packageValues({ versions }: Templates, { cdk }: Choice, vendored: string | undefined) {
  const name = `${cdk}-alicloud-image-tasks`;
  return {
    package: name,
    module: name.replaceAll("-", "_"),
    packageVersion: vendored === undefined ? versions["package"] : `file:vendor/${vendored}`,
    requirement: vendored === undefined ? `${name}==${versions["package"]}` : `./vendor/${vendored}`,
  };
}

const PLACEHOLDER = /\{\{(\w+)\}\}/g;

/** Fills in the placeholders, including those in values. Removes a line that has only a placeholder if the placeholder's value is empty. */
export function renderText(text: string, values: Texts): string {
  const whole = text.replace(/^\{\{(\w+)\}\}\n/gm, (line, name: string) => (values[name] === "" ? "" : line));
  const filled = whole.replace(PLACEHOLDER, (_, name: string) => valueOf(values, name));
  return filled.replace(PLACEHOLDER, (_, name: string) => valueOf(values, name));
}

function valueOf(values: Texts, name: string): string {
  const value = values[name];
  if (value === undefined) throw new Error(`A template uses {{${name}}}, which has no value.`);
  return value;
}
