import type { ReapOrder } from "../contract/reap-order";
import { isRecord } from "../contract/values";

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
    const form = Object.hasOwn(FORMS, name) ? FORMS[name] : undefined;
    if (!form) throw new Error(`Unknown property ${JSON.stringify(name)} in the payload. Allowed: ${Object.keys(FORMS).join(", ")}.`);
    if (!form.fits(value)) throw new Error(`${name} in the payload is ${JSON.stringify(value)}. It must be ${form.wanted}.`);
  }
  return { ...order, apply: order["apply"] === true };
}

const isText = (value: unknown): boolean => typeof value === "string";
const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every(isText);

interface Form {
  readonly wanted: string;
  readonly fits: (value: unknown) => boolean;
}

const TEXTS: Form = { wanted: "a list of strings", fits: isTexts };
const FORMS: { readonly [name: string]: Form } = {
  apply: { wanted: "true or false", fits: (value) => typeof value === "boolean" },
  olderThan: { wanted: "a string", fits: isText },
  knownStacks: TEXTS,
  regions: TEXTS,
} satisfies { readonly [name in keyof ReapOrder]-?: Form };

function parse(text: string, what: string): { readonly [name: string]: unknown } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new Error(`${what} is not JSON: ${text.slice(0, 200)}`, { cause });
  }
  if (!isRecord(value)) throw new Error(`${what} is not a JSON object: ${text.slice(0, 200)}`);
  return value;
}
