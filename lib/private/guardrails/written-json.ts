import { isRecord } from "../../contract/values";

/** JSON as cdktf writes it for Terraform. */
export type Json = { readonly [name: string]: unknown };

/** A block of Terraform's with its labels. */
export interface Written {
  readonly type: string;
  readonly json: Json;
}

/** The names in a JSON object, with what each holds. Terraform merges a list of objects into one. */
export function entriesOf(json: unknown): [string, unknown][] {
  return bodiesOf(json).flatMap((body) => Object.entries(body));
}

/** What is under `resource`. */
export function resourcesIn(json: unknown): (Written & { readonly name: string })[] {
  return entriesOf(json).flatMap(([type, named]) =>
    entriesOf(named).flatMap(([name, bodies]) => bodiesOf(bodies).map((body) => ({ type, name, json: body }))),
  );
}

/** What is under `provider`. */
export function providersIn(json: unknown): Written[] {
  return entriesOf(json).flatMap(([type, bodies]) => bodiesOf(bodies).map((body) => ({ type, json: body })));
}

/** One object, or a list with one for each block. */
function bodiesOf(json: unknown): Json[] {
  return [json].flat(Infinity).filter(isRecord);
}
