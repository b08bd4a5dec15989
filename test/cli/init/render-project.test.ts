import { renderProject, renderText } from "../../../lib/cli/init/render-project";
import { TEMPLATES } from "../support/templates";

const CHOICES = Object.keys(TEMPLATES.cdks).flatMap((cdk) =>
  TEMPLATES.languages.flatMap((language) => TEMPLATES.templates.map((template) => ({ cdk, language, template }))),
);
const PROJECT = { name: "demo", projectId: "id" };

describe("a generated project", () => {
  test.each(CHOICES)("$template in $language for $cdk has every file, and no placeholder is left", (choice) => {
    const files = renderProject(TEMPLATES, choice, PROJECT);
    for (const name of ["README.md", ".gitignore", ".gitlab-ci.yml", ".github/workflows/images.yml", "guardrails.json", "settings.json"])
      expect(Object.keys(files)).toContain(name);
    for (const text of Object.values(files)) {
      // Expressions of GitHub must stay.
      expect(text.replace(/\$\{\{ .*? \}\}/g, "")).not.toMatch(/\{\{|\}\}/);
      expect(text).toMatch(/[^\n]\n$/);
    }
    const other = choice.cdk === "cdktf" ? /\bcdktn\b/ : /\bcdktf\b(?!\.json|\.out)/;
    expect(Object.entries(files).filter(([, text]) => other.test(text.replace(TEMPLATES.versions["home"]!, "")))).toEqual([]);
  });

  test.each(CHOICES)("$template in $language for $cdk pins each version that it names, and TypeScript at 5", (choice) => {
    const files = renderProject(TEMPLATES, choice, PROJECT);
    const { dependencies, devDependencies } = JSON.parse(files["package.json"]!);
    const versions = { ...dependencies, ...devDependencies };
    for (const version of Object.values(versions)) expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    if (choice.language === "typescript") expect(versions.typescript).toMatch(/^5\./);
    else for (const line of files["requirements.txt"]!.trim().split("\n")) expect(line).toMatch(/^[\w-]+==\d+\.\d+\.\d+$/);
  });
});

describe("a placeholder", () => {
  test("is replaced by its value, and so are the placeholders in the value", () => {
    expect(renderText("a {{b}}\n", { b: "{{c}}!", c: "d" })).toBe("a d!\n");
  });

  test("is removed with its line if its value is empty and the line contains nothing else", () => {
    expect(renderText("a\n{{b}}\nc {{b}}\n", { b: "" })).toBe("a\nc \n");
  });

  test("without a value is an error", () => {
    expect(() => renderText("{{nothing}}", {})).toThrow("A template uses {{nothing}}, which has no value.");
  });
});
