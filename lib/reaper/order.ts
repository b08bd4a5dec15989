import type { ReapOrder } from "../contract/reap-order";

/**
 * Reads the order from a timer's event, which is JSON with `triggerTime`, `triggerName` and `payload`. The payload is the order.
 *
 * @throws Error that says what is wrong with the event
 */
export function orderOf(event: Buffer | string): ReapOrder {
  const timer = parse(String(event), "The event");
  if (typeof timer["payload"] !== "string")
    throw new Error(
      `The event's payload is missing or not a string. A timer's event is {"triggerTime": "…", "triggerName": "…", "payload": "…"}.`,
    );
  const order = parse(timer["payload"], "The payload");
  for (const [name, value] of Object.entries(order)) {
    const fits = Object.hasOwn(FORMS, name) ? FORMS[name as keyof ReapOrder] : undefined;
    if (!fits) throw new Error(`Unknown property ${JSON.stringify(name)} in the payload. Allowed: ${Object.keys(FORMS).join(", ")}.`);
    if (!fits(value)) throw new Error(`${name} in the payload is ${JSON.stringify(value)}. It must be ${WANTED[name as keyof ReapOrder]}.`);
  }
  return { ...order, apply: order["apply"] === true };
}

const isText = (value: unknown): boolean => typeof value === "string";
const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every(isText);

const FORMS: { readonly [name in keyof ReapOrder]-?: (value: unknown) => boolean } = {
  apply: (value) => typeof value === "boolean",
  olderThan: isText,
  knownStacks: isTexts,
  regions: isTexts,
};
const WANTED = { apply: "true or false", olderThan: "a string", knownStacks: "a list of strings", regions: "a list of strings" } as const;

function parse(text: string, what: string): { readonly [name: string]: unknown } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new Error(`${what} is not JSON: ${text.slice(0, 200)}`, { cause });
  }
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new Error(`${what} is not a JSON object: ${text.slice(0, 200)}`);
  return value as { readonly [name: string]: unknown };
}
