import type { Private } from "../../plugin/resource";

/** What we keep with a resource instance beside its state. */
export interface PrivateData {
  /** The operation ended without success: the resource is to be replaced, so that Delete removes what it left. */
  readonly failed?: string;
  /** The resource came by `terraform import` or `moved`: arguments that ECS does not tell are taken from the configuration. */
  readonly imported?: boolean;
  /** The generation of the ClientToken that started the operation. */
  readonly generation?: number;
  /** The snapshots that the image named when it was last seen: once it is gone, nothing else tells them. */
  readonly snapshots?: readonly string[];
}

export function readPrivate(bytes: Private | undefined): PrivateData {
  if (!bytes || bytes.length === 0) return {};
  try {
    return JSON.parse(bytes.toString("utf8")) as PrivateData;
  } catch {
    return {};
  }
}

export function writePrivate(data: PrivateData): Private {
  return Buffer.from(JSON.stringify(data));
}
