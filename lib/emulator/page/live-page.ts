import { createHash } from "node:crypto";
import { SWITCH_CHOICES, SWITCH_LISTS } from "../switches/behaviour-patch";
import { SCRIPT } from "./script";
import { STYLE } from "./style";

export interface LivePage {
  readonly html: string;
  readonly headers: { readonly [name: string]: string };
}

/**
 * The page that a browser gets at `/`. The script inserts names, ids and error messages as text, never as markup. The content
 * security policy allows only this script and this style, and lets no other page embed it in a frame.
 */
export function livePage(): LivePage {
  const policy = [
    "default-src 'none'",
    "connect-src 'self'",
    "img-src data:",
    `script-src '${hash(SCRIPT)}'`,
    `style-src '${hash(STYLE)}'`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ];
  return {
    html: HTML,
    headers: {
      "content-type": "text/html;charset=utf-8",
      "content-security-policy": policy.join("; "),
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "cache-control": "no-store",
    },
  };
}

const hash = (text: string): string => `sha256-${createHash("sha256").update(text).digest("base64")}`;

const heads = (...names: string[]): string => `<thead><tr>${names.map((name) => `<th>${name}</th>`).join("")}</tr></thead>`;

const HTML = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>ECS emulator</title>
<style>${STYLE}</style>
</head>
<body>
<header><h1>ECS emulator</h1><div id="counts"></div></header>
<p id="notice" role="alert" hidden></p>
<main>
<section class="wide"><h2>Tasks</h2><div id="tasks"></div><p class="none" id="tasks-none">None yet. Start an import, export or copy with this address as the endpoint.</p></section>
<section><h2>Images</h2><table class="images">${heads("Image", "Name", "Stack", "Region", "Status")}<tbody id="images"></tbody></table><p class="none" id="images-none">None.</p></section>
<section><h2>Latest calls</h2><table class="calls">${heads("Time", "Action", "Region", "About", "Outcome")}<tbody id="calls"></tbody></table><p class="none" id="calls-none">None yet.</p></section>
<details class="wide"><summary>Switches</summary><div id="switches"></div></details>
</main>
<script type="application/json" id="choices">${JSON.stringify({ choices: SWITCH_CHOICES, lists: SWITCH_LISTS })}</script>
<script>${SCRIPT}</script>
</body>
</html>
`;
