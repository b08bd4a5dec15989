import { createHash } from "node:crypto";
import { SCRIPT } from "./script";
import { STYLE } from "./style";

export interface LivePage {
  readonly html: string;
  readonly headers: { readonly [name: string]: string };
}

/**
 * What a browser gets at the emulator's root. Whatever comes from clients (names, ids, error texts) is put in as text by the
 * script and never as markup; nothing but this very script and style may run, and no other page may frame it.
 */
export function livePage(): LivePage {
  const policy = `default-src 'none'; connect-src 'self'; script-src '${hash(SCRIPT)}'; style-src '${hash(STYLE)}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
  return {
    html: HTML,
    headers: {
      "content-type": "text/html;charset=utf-8",
      "content-security-policy": policy,
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
    },
  };
}

const hash = (text: string): string => `sha256-${createHash("sha256").update(text).digest("base64")}`;

const HTML = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>ECS emulator</title>
<style>${STYLE}</style>
</head>
<body>
<header><h1>ECS emulator</h1><p id="counts" role="status">…</p></header>
<main>
<section><h2>Tasks</h2><div id="tasks"></div></section>
<section><h2>Images</h2><table id="images"><thead><tr><th>Image</th><th>Name</th><th>Region</th><th>Status</th></tr></thead><tbody></tbody></table></section>
<section><h2>Last calls</h2><table id="calls"><thead><tr><th>Time</th><th>Action</th><th>Region</th><th>About</th><th>Outcome</th></tr></thead><tbody></tbody></table></section>
<details><summary>Switches</summary><div id="switches"></div></details>
</main>
<script>${SCRIPT}</script>
</body>
</html>
`;
