import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { nearest } from "../../contract/rules/nearest";
import type { Command, CommandResult } from "../command";
import { CommandError, UsageError } from "../errors";
import { parseArguments } from "../flags";
import { ownPackage, type OwnPackage } from "../init/own-package";
import { checkEmpty, projectName, writeProject } from "../init/project-folder";
import { type Choice, renderProject } from "../init/render-project";
import { readTemplates, type Templates } from "../init/templates";

const FLAGS = { template: "value", language: "value", cdk: "value", package: "value" } as const;

/** `imagetask init` */
export const createInitCommand = (): Command => initCommandOf(readTemplates(), ownPackage(join(__dirname, "../../..")));

/** The same with other templates. */
export function initCommandOf(templates: Templates, own: OwnPackage): Command {
  return { help: helpOf(templates, cdkOf(own)), run: async (args) => run(args, templates, own) };
}

function helpOf({ templates, languages, cdks }: Templates, ownCdk: string): string {
  return `Usage: imagetask init DIR [flags]

Writes a project into DIR, which must be new or empty: a stack, guard rails, unit tests, pipelines for GitHub and GitLab, a README.
It deploys to the emulator without changes and without an account.

Flags:
  --template NAME    ${either(templates)} (default ${templates[0]})
  --language NAME    ${either(languages)} (default ${languages[0]})
  --cdk NAME         ${either(Object.keys(cdks))} (default ${ownCdk})
  --package FILE     a package file (.tgz; .whl for Python) to copy into DIR/vendor and use instead of the published package
                     (default: the file that npm installed this command from, if any)
  --help             show this text

Exit codes: 0 success; 1 error; 2 invalid arguments, nothing was written.`;
}

function run(args: readonly string[], templates: Templates, own: OwnPackage): CommandResult {
  const { values: flags, rest } = parseArguments(args, FLAGS);
  const [dir, extra] = rest;
  if (dir === undefined || dir === "") throw new UsageError("Name the folder to write the project into: imagetask init DIR.");
  if (extra !== undefined) throw new UsageError(`Unexpected argument "${extra}". Give only one folder; ${dir} is already given.`);
  const choice: Choice = {
    template: pick("template", flags.template, templates.templates),
    language: pick("language", flags.language, templates.languages),
    cdk: pick("cdk", flags.cdk ?? cdkOf(own), Object.keys(templates.cdks)),
  };
  const file = flags.package === undefined ? ownFileFor(choice, own) : fileFor(choice, flags.package);
  checkEmpty(dir);
  const vendored = file === undefined ? undefined : basename(file);
  writeProject(dir, renderProject(templates, choice, { name: projectName(dir), projectId: randomUUID(), vendored }), file);
  return { exitCode: 0, text: report(dir, choice, vendored) };
}

function pick(flag: string, given: string | undefined, allowed: readonly string[]): string {
  if (given === undefined) return allowed[0];
  if (allowed.includes(given)) return given;
  const near = nearest(given, allowed);
  throw new UsageError(`--${flag} is "${given}". Allowed: ${allowed.join(", ")}.${near === null ? "" : ` Did you mean ${near}?`}`);
}

/** The file that npm installed this command from, if the project can use it: it is an npm package, and for one CDK only. */
function ownFileFor({ language, cdk }: Choice, own: OwnPackage): string | undefined {
  return language === "typescript" && cdk === cdkOf(own) ? own.file : undefined;
}

function fileFor({ language, cdk }: Choice, given: string): string {
  const [form, separator, ending] = language === "python" ? ["a wheel", "_", "-*.whl"] : ["an npm package", "-", "-*.tgz"];
  const expected = `${[cdk, "alicloud", "image", "tasks"].join(separator)}${ending}`;
  const pattern = new RegExp(`^${expected.replaceAll(".", "\\.").replace("*", "[\\w.+-]+")}$`);
  if (!pattern.test(basename(given)))
    throw new UsageError(`--package is "${given}". For ${language} and ${cdk} it must be ${form} named ${expected}.`);
  if (!existsSync(given)) throw new CommandError(`--package: there is no file ${resolve(given)}.`);
  return given;
}

function report(dir: string, { template, language, cdk }: Choice, vendored: string | undefined): string {
  const source = vendored === undefined ? "" : `\nIt uses the package vendor/${vendored}.`;
  return `Wrote the project ${template} into ${dir}, in ${language}, for ${cdk}.${source}

Next:
  cd ${/^[\w./-]+$/.test(dir) ? dir : `'${dir.replaceAll("'", `'\\''`)}'`}
  npm install
  npm test
  npx --no-install ${cdk} deploy

It deploys to an emulator on this machine and needs no account. README.md says how to deploy to your account.`;
}

const cdkOf = ({ name }: OwnPackage): string => name.split("-")[0];
const either = (names: readonly string[]): string => names.join(" or ");
