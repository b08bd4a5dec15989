/** Writes a response as XML, as ECS does: an array repeats its element's name, and objects nest. */
export function toXml(root: string, body: { readonly [name: string]: unknown }): string {
  return `<?xml version='1.0' encoding='UTF-8'?><${root}>${members(body)}</${root}>`;
}

function members(object: { readonly [name: string]: unknown }): string {
  return Object.entries(object)
    .map(([name, value]) => (Array.isArray(value) ? value.map((item) => element(name, item)).join("") : element(name, value)))
    .join("");
}

function element(name: string, value: unknown): string {
  if (value === undefined || value === null) return "";
  const inner = typeof value === "object" ? members(value as { [name: string]: unknown }) : escape(String(value));
  return `<${name}>${inner}</${name}>`;
}

const ENTITIES: { readonly [char: string]: string } = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;" };

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (char) => ENTITIES[char]);
}
