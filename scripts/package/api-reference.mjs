/**
 * Returns the API reference as Markdown, from jsii's description of the constructs.
 *
 * @typedef {{ readonly primitive?: string, readonly fqn?: string, readonly collection?: { readonly kind: string, readonly elementtype: Type },
 *   readonly union?: { readonly types: readonly Type[] } }} Type
 * @typedef {{ readonly summary?: string, readonly remarks?: string, readonly default?: string, readonly returns?: string,
 *   readonly deprecated?: string, readonly custom?: { readonly throws?: string } }} Docs
 * @typedef {{ readonly name: string, readonly type: Type, readonly optional?: boolean, readonly docs?: Docs, readonly static?: boolean }} Member
 * @typedef {{ readonly name: string, readonly static?: boolean, readonly docs?: Docs, readonly parameters?: readonly Member[],
 *   readonly returns?: { readonly type: Type } }} Method
 * @typedef {{ readonly fqn: string, readonly name: string, readonly kind: string, readonly namespace?: string, readonly docs?: Docs,
 *   readonly base?: string, readonly interfaces?: readonly string[], readonly properties?: readonly Member[],
 *   readonly methods?: readonly Method[], readonly initializer?: { readonly parameters?: readonly Member[], readonly docs?: Docs } }} Described
 * @typedef {{ readonly name: string, readonly types: { readonly [fqn: string]: Described } }} Assembly
 *
 * @param {Assembly} assembly
 */
export function apiReference({ name, types }) {
  const own = Object.values(types).filter(({ namespace }) => namespace === undefined);
  const classes = own.filter(({ kind }) => kind === "class");
  const structs = own.filter(({ kind }) => kind === "interface");
  return [HEAD, "## Constructs and classes\n", ...classes.map(section), "## Props\n", ...structs.map(section), generated(), ""].join("\n");

  /** @param {Described} type */
  function section(type) {
    const { kind, docs, initializer, properties = [], methods = [] } = type;
    const members = kind === "class" ? properties : inherited(type);
    return [
      `### ${type.name}\n`,
      `${text(docs)}\n`,
      ...(initializer ? [signature(`new ${type.name}`, initializer.parameters), paragraph(throwsOf(initializer.docs))] : []),
      ...(members.length > 0 ? [table(kind === "class" ? "property" : "prop", members)] : []),
      ...methods.map(methodSection),
    ]
      .filter((line) => line !== "")
      .join("\n");
  }

  /**
   * A struct's members, including those of its bases, because an app writes them together.
   *
   * @param {Described} type
   * @returns {readonly Member[]}
   */
  function inherited(type) {
    const bases = (type.interfaces ?? []).flatMap((fqn) => (types[fqn] ? inherited(types[fqn]) : []));
    const all = new Map([...(type.properties ?? []), ...bases].map((member) => [member.name, member]));
    return [...all.values()].sort((a, b) => Number(a.optional ?? false) - Number(b.optional ?? false) || (a.name < b.name ? -1 : 1));
  }

  /** @param {Method} method */
  function methodSection({ name: method, static: isStatic, docs, parameters, returns }) {
    const result = returns ? ` → ${typeText(returns.type)}` : "";
    return `${signature(`${isStatic ? "static " : ""}${method}`, parameters, result)}\n${text(docs)}\n`;
  }

  /**
   * @param {string} title
   * @param {readonly Member[]} [parameters]
   * @param {string} [result]
   */
  function signature(title, parameters = [], result = "") {
    return `**\`${title}(${parameters.map(({ name: one, optional }) => `${one}${optional ? "?" : ""}`).join(", ")})\`**${result}\n`;
  }

  /**
   * @param {string} what
   * @param {readonly Member[]} members
   */
  function table(what, members) {
    const rows = members.map(({ name: one, type, optional, docs }) => {
      const fallback = docs?.default === undefined ? "" : ` Default: ${docs.default.replace(/^- /, "")}.`;
      const needed = what === "prop" && !optional ? " **Required.**" : "";
      return `| \`${one}\` | \`${snakeCase(one)}\` | \`${pascalCase(one)}\` | ${typeText(type)} | ${cell(`${text(docs)}${needed}${fallback}`)} |`;
    });
    return [`| ${what} | Python | Go, C# | type | |`, "| --- | --- | --- | --- | --- |", ...rows, ""].join("\n");
  }

  /**
   * @param {Type} type
   * @returns {string}
   */
  function typeText({ primitive, fqn, collection, union }) {
    if (collection) return `${collection.kind === "map" ? "map" : "list"} of ${typeText(collection.elementtype)}`;
    if (union) return union.types.map(typeText).join(" or ");
    if (fqn === undefined) return primitive === "any" ? "any value" : String(primitive);
    const short = fqn.slice(fqn.indexOf(".") + 1);
    if (!fqn.startsWith(`${name}.`)) return `\`${fqn}\``;
    return types[fqn]?.namespace === undefined ? `[${short}](#${short.toLowerCase()})` : `\`${short}\``;
  }

  function generated() {
    const names = Object.values(types)
      .filter(({ namespace, base }) => namespace !== undefined && /\.Terraform(Resource|DataSource|Provider)$/.test(base ?? ""))
      .map((type) => `- \`${type.namespace}.${type.name}\`: ${type.docs?.summary ?? ""}`);
    return [
      "## Generated resources\n",
      "Classes for everything that the constructs do not cover. Their arguments are the provider's.\n",
      ...names,
    ].join("\n");
  }
}

const HEAD = `<!-- Generated by "npm run docs:api" from jsii's description of the constructs. Do not edit. -->

# API reference

This page spells names as TypeScript does. Every language has the same classes and props, in its own spelling:

| | package | class | prop | method |
| --- | --- | --- | --- | --- |
| TypeScript | \`cdktf-alicloud-image-tasks\` | \`ImageImport\` | \`imageName\` | \`imageIdIn\` |
| Python | \`cdktf_alicloud_image_tasks\` | \`ImageImport\` | \`image_name\`, as a keyword argument | \`image_id_in\` |
| Go | \`cdktfalicloudimagetasks\` | \`NewImageImport\`, \`ImageImport_IsImageImport\` | \`ImageName\`, a pointer | \`ImageIdIn\` |
| Java | \`imagetask.cdktf\` | \`ImageImport.Builder.create\` | \`.imageName(…)\` | \`imageIdIn\` |
| C# | \`Imagetask.Cdktf\` | \`ImageImport\` | \`ImageName\` | \`ImageIdIn\` |

In Python, \`import\` is \`import_\`. For cdktn, replace \`cdktf\` with \`cdktn\` in every name. In the other languages, an invalid prop is the
language's own runtime error, with the whole message.
`;

/** @param {Docs} [docs] */
function text(docs = {}) {
  return [
    docs.summary,
    docs.remarks,
    docs.returns && `Returns ${docs.returns}`,
    docs.deprecated && `Deprecated: ${docs.deprecated}`,
    throwsOf(docs),
  ]
    .filter(Boolean)
    .join(" ");
}

/** @param {Docs} [docs] */
function throwsOf(docs) {
  return docs?.custom?.throws === undefined ? "" : `Raises ${docs.custom.throws}.`;
}

/** @param {string} value */
const paragraph = (value) => (value === "" ? "" : `${value}\n`);

/** @param {string} value */
const cell = (value) =>
  value
    .replace(/\s*\n\s*/g, " ")
    .replaceAll("|", "\\|")
    .trim();

/** @param {string} name */
const snakeCase = (name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`).replace(/^(import)$/, "$1_");

/** @param {string} name */
const pascalCase = (name) => `${name[0]?.toUpperCase()}${name.slice(1)}`;
