import { exactVersion, satisfies } from "./version-constraint";

/** A provider in required_providers. */
export interface RequiredProvider {
  /** The full address, with the host. */
  readonly source: string;
  /** The version constraint; absent: any version. */
  readonly version?: string;
}

/** This package's provider, whose builds are known. */
export interface OwnProvider {
  readonly source: string;
  readonly version: string;
  /** Terraform's hashes of every build of the version, because `terraform init` may find any of them. */
  readonly hashes: readonly string[];
}

const HEADER = `# This file is maintained automatically by "terraform init".
# Manual edits may be lost in future updates.
`;
const NOTE_START = "/* For `cdktf deploy`: these providers need no `terraform providers lock`.";
/** The note of cdktf or of cdktn, because an app that switches from one CDK to the other keeps its folders. */
const NOTE = /\/\* For `cdkt[fn] deploy`:[\s\S]*?\*\/\n?/g;
const ENTRY = /^provider "([^"]*)" \{\n[\s\S]*?^\}\n?/gm;

/**
 * The dependency lock file that a stack needs before its first `terraform init`.
 *
 * `cdktf deploy` runs `terraform providers lock` unless the file names every required provider with a matching constraint. That
 * command asks the registry for each provider, and no registry has ours. So ours is locked by its hashes, and the others are
 * named: by an entry if the version is exact (Terraform adds the hashes), or else in a comment, which Terraform ignores but
 * cdktf's line-by-line reader does not, so that no version has to be guessed. Existing entries stay unless their version no
 * longer matches.
 */
export function seedLockText(before: string, own: OwnProvider, required: readonly RequiredProvider[]): string {
  const others = required.filter((provider) => provider.source !== own.source);
  const kept = parseEntries(before).filter((entry) => entry.source !== own.source && fits(entry, others));
  const seeded = others.flatMap((provider) => {
    const version = exactVersion(provider.version ?? "");
    return version === null || kept.some((entry) => entry.source === provider.source) ? [] : [makeEntry(provider.source, version, [])];
  });
  const ours =
    parseEntries(before).find((entry) => entry.source === own.source && isOwn(entry, own)) ??
    makeEntry(own.source, own.version, own.hashes);
  const entries = [...kept, ...seeded, ours].sort((a, b) => (a.source < b.source ? -1 : 1));
  const noted = others.filter((provider) => !entries.some((entry) => entry.source === provider.source && satisfiesCdktf(entry, provider)));
  return [HEADER, ...entries.map((entry) => entry.text), ...note(noted)].join("\n");
}

interface Entry {
  readonly source: string;
  readonly version: string;
  readonly constraints: string | null;
  readonly text: string;
}

function parseEntries(text: string): Entry[] {
  const bare = text.replace(/\r\n/g, "\n").replace(NOTE, "");
  return [...bare.matchAll(ENTRY)].map(([entry, source]) => ({
    source,
    version: /^\s*version\s*=\s*"([^"]*)"/m.exec(entry)?.[1] ?? "",
    constraints: /^\s*constraints\s*=\s*"([^"]*)"/m.exec(entry)?.[1] ?? null,
    text: entry.endsWith("\n") ? entry : `${entry}\n`,
  }));
}

function makeEntry(source: string, version: string, hashes: readonly string[]): Entry {
  const lines = [`  version     = "${version}"`, `  constraints = "${version}"`];
  // In Terraform's order: init would report another one as a change, and rewrite the file.
  if (hashes.length > 0) lines.push("  hashes = [", ...[...hashes].sort().map((hash) => `    "${hash}",`), "  ]");
  return { source, version, constraints: version, text: `provider "${source}" {\n${lines.join("\n")}\n}\n` };
}

/** Whether the constraints allow the entry's version. If they do not, `terraform init` would fail and ask for -upgrade. */
function fits(entry: Entry, required: readonly RequiredProvider[]): boolean {
  const provider = required.find((candidate) => candidate.source === entry.source);
  return satisfies(entry.version, provider?.version ?? "");
}

function isOwn(entry: Entry, own: OwnProvider): boolean {
  return entry.version === own.version && entry.constraints === own.version && own.hashes.every((hash) => entry.text.includes(`"${hash}"`));
}

/** cdktf reads only exact versions as Terraform does: it reads `> 1.0` as the version 1.0. */
function satisfiesCdktf(entry: Entry, provider: RequiredProvider): boolean {
  return entry.constraints !== null && entry.constraints === exactVersion(provider.version ?? "");
}

function note(providers: readonly RequiredProvider[]): string[] {
  if (providers.length === 0) return [];
  const named = providers.map(({ source }) => `provider "${source}" {\n  constraints = ">= 0.0.0"\n}\n`);
  return [`${NOTE_START}\n${named.join("")}*/\n`];
}
