/** Arguments that `ImageTaskProps` describes for constructs, or that constructs set. */
const OF_CONSTRUCTS = ["timeouts", "start_key", "stack", "expires_after"];

/**
 * Returns the constructs' props as TypeScript: an interface for each table of arguments in lib/contract/arguments, so that
 * each argument is described once. What a pipeline sets for its steps is in a separate interface, because jsii has no `Omit`.
 *
 * @typedef {import("../../lib/contract/arguments/index.js").Argument} Argument
 * @typedef {import("../../lib/contract/arguments/index.js").ArgumentBlock} ArgumentBlock
 * @typedef {import("../../lib/contract/arguments/index.js").Arguments} Arguments
 * @typedef {[name: string, description: string, rows: Arguments, base?: string]} Table
 *
 * @param {typeof import("../../lib/contract/arguments/index.js")} contract
 */
export function propsSource({ IMPORT_ARGUMENTS, EXPORT_ARGUMENTS, COPY_ARGUMENTS, isBlock }) {
  /** @type {Table[]} */
  const tables = [
    ...blocksOf(IMPORT_ARGUMENTS),
    ["ImageImportArguments", "The arguments of an import.", IMPORT_ARGUMENTS],
    ...within("ImageExport", "an export", EXPORT_ARGUMENTS, ["image_id", "region"]),
    ...within("ImageCopy", "a copy", COPY_ARGUMENTS, ["image_id", "source_region", "region"]),
  ];
  return [
    `// Generated from lib/contract/arguments by scripts/build/props.mjs.`,
    `import type { IResolvable } from "cdktf";`,
    "",
    ...tables.map((table) => interfaceOf(...table)),
  ].join("\n");

  /**
   * @param {string} name
   * @param {string} what
   * @param {Arguments} rows
   * @param {readonly string[]} set the arguments that a pipeline sets
   * @returns {Table[]}
   */
  function within(name, what, rows, set) {
    /** @param {boolean} wanted */
    const pick = (wanted) => Object.fromEntries(Object.entries(rows).filter(([argument]) => set.includes(argument) === wanted));
    return [
      [`${name}Options`, `The arguments of ${what} that are the same within a pipeline.`, pick(false)],
      [`${name}Arguments`, `The arguments of ${what}.`, pick(true), `${name}Options`],
    ];
  }

  /**
   * @param {Arguments} rows
   * @returns {Table[]}
   */
  function blocksOf(rows) {
    return Object.values(rows).flatMap((row) => (isBlock(row) && row.propType ? [[row.propType, row.description, row.block]] : []));
  }

  /**
   * @param {string} name
   * @param {string} description
   * @param {Arguments} rows
   * @param {string} [base]
   */
  function interfaceOf(name, description, rows, base) {
    const props = Object.entries(rows)
      .filter(([argument]) => !OF_CONSTRUCTS.includes(argument))
      .map(([argument, row]) => propOf(argument, row));
    return `/** ${description} */\nexport interface ${name}${base ? ` extends ${base}` : ""} {\n${props.join("\n")}\n}\n`;
  }

  /**
   * @param {string} argument
   * @param {Argument | ArgumentBlock} row
   */
  function propOf(argument, row) {
    const optional = (isBlock(row) ? Number(row.minItems) > 0 : row.required) ? "" : "?";
    return `${comment(row, optional !== "")}\n  readonly ${camelCase(argument)}${optional}: ${typeOf(row)};`;
  }

  /** @param {Argument | ArgumentBlock} row */
  function typeOf(row) {
    if (isBlock(row)) return row.maxItems === 1 ? row.propType : `${row.propType}[] | IResolvable`;
    if (row.values && !row.alsoValue)
      return spellings(row.values)
        .map((value) => JSON.stringify(value))
        .join(" | ");
    if (row.type === "bool") return "boolean | IResolvable";
    if (typeof row.type === "string") return row.type;
    return row.type[0] === "map" ? `{ [key: string]: ${row.type[1]} }` : `${row.type[1]}[]`;
  }
}

/**
 * Returns the values in ECS's spelling and, because any case is accepted, in lower and upper case.
 *
 * @param {readonly string[]} values
 */
function spellings(values) {
  return [...new Set(values.flatMap((value) => [value, value.toLowerCase(), value.toUpperCase()]))];
}

/**
 * @param {Argument | ArgumentBlock} row
 * @param {boolean} optional
 */
function comment(row, optional) {
  const description = inProps(row.description);
  if (!optional) return `  /** ${description} */`;
  const fallback = row.default ?? "- none";
  const isNumber = "type" in row && row.type === "number";
  const shown = fallback.startsWith("- ") || fallback === "true" || fallback === "false" || isNumber ? fallback : JSON.stringify(fallback);
  const lines = [
    description,
    "",
    `@default ${inProps(shown)}`,
    ...("deprecated" in row && row.deprecated ? [`@deprecated ${row.deprecated}`] : []),
  ];
  return ["  /**", ...lines.map((line) => `   * ${line}`.trimEnd()), "   */"].join("\n");
}

/**
 * Converts arguments in backticks from snake_case to the props' camelCase.
 *
 * @param {string} text
 */
function inProps(text) {
  return text.replace(/`([a-z]+(?:_[a-z]+)+)`/g, (whole, name) =>
    name.startsWith("imagetask") || name.startsWith("x86") ? whole : `\`${camelCase(name)}\``,
  );
}

/** @param {string} name */
function camelCase(name) {
  return name.replace(/_([a-z0-9])/g, (_, letter) => letter.toUpperCase());
}
