import { EXPORT_ARGUMENTS, IMPORT_ARGUMENTS, COMPLETION_ARGUMENTS } from "../arguments";
import { COMPLETION_TYPE, COPY_TYPE, EXPORT_TYPE, IMPORT_TYPE } from "../resources";
import { parseDuration } from "../rules/duration";
import { itemsAt, shown, valueAt } from "../rules/finding";
import { UNKNOWN, type Path, type Value, type ValueObject } from "../values";
import type { GuardrailId, Guardrails } from "./guardrails";
import { fits } from "./pattern";

/** What is checked: a resource or, with `PROVIDER`, a provider block. */
export interface Subject {
  /** The Terraform type. */
  readonly type: string;
  readonly config: ValueObject;
  /** The provider's settings, which apply if the resource does not override them. */
  readonly provider: { readonly region: Value; readonly defaultTags: Value };
}

export const PROVIDER = "provider";

/** A check of one argument: the value that will apply, and whether it is allowed. */
export interface Look {
  readonly path: Path;
  readonly value: Value;
  readonly allows: (value: Value) => boolean;
  readonly summary: string;
  /** The message's sentence about the value. Not used while the value is unknown. */
  readonly given: string;
  readonly allowed: string;
  readonly fix: string;
}

/** The checks of each rule. A rule that the team has not set makes none. */
export const CATALOGUE: { readonly [id in GuardrailId]: (subject: Subject, rules: Guardrails) => readonly Look[] } = {
  IT001({ type, config }, { buckets }) {
    if (buckets === undefined) return [];
    const paths = type === IMPORT_TYPE ? disksOf(config) : type === EXPORT_TYPE ? [["oss_bucket"]] : [];
    return paths.map((path) => patterns(path, valueAt(config, path), buckets, "bucket not approved", "Use an approved bucket."));
  },

  IT002({ type, config, provider }, { regions }) {
    if (regions === undefined || !STARTS.includes(type)) return [];
    const own = config["region"] ?? null;
    const fix = "Use an approved region.";
    return [
      patterns(
        ["region"],
        own ?? provider.region ?? UNKNOWN,
        regions,
        "region not approved",
        fix,
        own === null ? "comes from the provider as" : "is",
      ),
      ...(type === COPY_TYPE ? [patterns(["source_region"], valueAt(config, ["source_region"]), regions, "region not approved", fix)] : []),
    ];
  },

  IT003({ type, config }, { encryptCopies, kmsKeys }) {
    if (type !== COPY_TYPE || (encryptCopies !== true && kmsKeys === undefined)) return [];
    const encrypted = valueAt(config, ["encrypted"]);
    const key = valueAt(config, ["kms_key_id"]);
    const summary = "copy not encrypted";
    return [
      flag(["encrypted"], encrypted, true, summary, "Set `encrypted` to true."),
      ...(kmsKeys === undefined
        ? []
        : [patterns(["kms_key_id"], key, kmsKeys, "key not approved", "Set `kms_key_id` to an approved key.")]),
    ];
  },

  IT004({ type, config }, { forbidDetach }) {
    if (type !== COMPLETION_TYPE || forbidDetach !== true) return [];
    return ["on_timeout", "on_interrupt"].map((name) => {
      const value = valueAt(config, [name]);
      return {
        path: [name],
        value,
        allows: (known) => typeof known !== "string" || known.trim().toLowerCase() !== "detach",
        summary: "detaching forbidden",
        given: is(name, value),
        allowed: 'Allowed: "cancel". A detached operation keeps running unattended, and is billed.',
        fix: `Remove \`${name}\`.`,
      };
    });
  },

  IT005({ type, config, provider }, { requiredTags }) {
    if (requiredTags === undefined || !MAKERS.includes(type)) return [];
    return Object.entries(requiredTags).map(([key, pattern]) => {
      const value = tagOf(key, config["tags"] ?? null, provider.defaultTags);
      return {
        path: ["tags"],
        value,
        allows: (known) => typeof known === "string" && fits(pattern, known),
        summary: "required tag",
        given: typeof value === "string" ? `The tag ${shown(key)} is ${shown(value)}.` : `The tag ${shown(key)} is missing.`,
        allowed: `Allowed: ${pattern === "*" ? "any value" : shown(pattern)}.`,
        fix: "Set it in `tags`, or for all images in the provider's `default_tags`.",
      };
    });
  },

  IT006({ type, config }, { maxTimeout }) {
    if (type !== COMPLETION_TYPE || maxTimeout === undefined) return [];
    const path = ["timeouts", "create"];
    const given = valueAt(config, path);
    const fallback = COMPLETION_ARGUMENTS.timeouts.block["create"].default!;
    return [
      {
        path,
        value: given ?? fallback,
        allows: (known) => typeof known === "string" && (parseDuration(known) ?? Infinity) <= parseDuration(maxTimeout)!,
        summary: "timeout too long",
        given: given === null ? `\`create\` is not set, so ${shown(fallback)} applies.` : is("create", given),
        allowed: `Allowed: at most ${shown(maxTimeout)}.`,
        fix: "Set a shorter one.",
      },
    ];
  },

  IT007({ type, config }, { namePattern }) {
    if (namePattern === undefined || !MAKERS.includes(type)) return [];
    return [
      patterns(
        ["image_name"],
        valueAt(config, ["image_name"]),
        [namePattern],
        "name does not match",
        "Use a name that matches the pattern.",
      ),
    ];
  },

  IT008({ type, config }, { retain }) {
    if (retain === undefined || !MAKERS.includes(type)) return [];
    return [
      flag(["retain_on_destroy"], valueAt(config, ["retain_on_destroy"]), retain, "retention", `Set \`retain_on_destroy\` to ${retain}.`),
    ];
  },

  IT009({ type, config }, { forbidCredentials }) {
    if (type !== PROVIDER || forbidCredentials !== true) return [];
    return CREDENTIALS.flatMap((path) => {
      // An unknown value counts: the argument is set.
      if (valueAt(config, path) === null) return [];
      const name = String(path.at(-1));
      return [
        {
          path,
          value: "set",
          allows: () => false,
          summary: "credentials in the configuration",
          given: `\`${name}\` is set in the provider block.`,
          allowed: "Allowed: credentials from outside the configuration.",
          fix: `Remove \`${name}\`; use environment variables, a profile or a role instead.`,
        },
      ];
    });
  },

  IT010({ type, config }, { roles }) {
    const rows = type === IMPORT_TYPE ? IMPORT_ARGUMENTS : type === EXPORT_TYPE ? EXPORT_ARGUMENTS : null;
    if (roles === undefined || rows === null) return [];
    const own = valueAt(config, ["role_name"]);
    const verb = own === null ? "is not set, so ECS uses" : "is";
    return [
      patterns(["role_name"], own ?? rows.role_name.default, roles, "role not approved", "Set `role_name` to an approved role.", verb),
    ];
  },
};

const MAKERS: readonly string[] = [IMPORT_TYPE, COPY_TYPE];
const STARTS: readonly string[] = [...MAKERS, EXPORT_TYPE];
const CREDENTIALS: readonly Path[] = [["access_key"], ["secret_key"], ["security_token"], ["assume_role_with_oidc", 0, "oidc_token"]];

function patterns(path: Path, value: Value, allowed: readonly string[], summary: string, fix: string, verb = "is"): Look {
  return {
    path,
    value,
    allows: (known) => typeof known === "string" && allowed.some((pattern) => fits(pattern, known)),
    summary,
    given: is(String(path.at(-1)), value, verb),
    allowed: `Allowed: ${allowed.map(shown).join(", ") || "none"}.`,
    fix,
  };
}

/** A flag that is not set is false. */
function flag(path: Path, value: Value, wanted: boolean, summary: string, fix: string): Look {
  const given = is(String(path.at(-1)), value);
  return { path, value, allows: (known) => (known ?? false) === wanted, summary, given, allowed: `Allowed: ${wanted}.`, fix };
}

function is(name: string, value: Value, verb = "is"): string {
  if (value === null) return `\`${name}\` is not set.`;
  return `\`${name}\` ${verb} ${typeof value === "string" ? shown(value) : String(value)}.`;
}

/** The paths of the disks' buckets; the path of the list while the list is unknown. */
function disksOf(config: ValueObject): Path[] {
  if (config["disk_device_mapping"] === UNKNOWN) return [["disk_device_mapping"]];
  return itemsAt(config, ["disk_device_mapping"]).map((_, index) => ["disk_device_mapping", index, "oss_bucket"]);
}

/** A resource's tag overrides the provider's, even if its value is null. */
function tagOf(key: string, own: Value, inherited: Value): Value {
  if (own === UNKNOWN) return UNKNOWN;
  return valueAt({ tags: holds(own, key) ? own : inherited }, ["tags", key]);
}

const holds = (tags: Value, key: string): boolean => typeof tags === "object" && tags !== null && Object.hasOwn(tags, key);
