import type { Private } from "../../plugin/resource";

/** What the provider stores with a resource instance, in addition to its state. */
export interface PrivateData {
  /** The operation failed: the resource will be replaced, so that Delete removes what it left. */
  readonly failed?: string;
  /** The resource came from `terraform import` or `moved`: arguments that ECS does not return are taken from the configuration. */
  readonly imported?: boolean;
  /** The generation of the ClientToken that started the operation. */
  readonly generation?: number;
  /** The snapshots of the image at its last poll: once the image is gone, ECS no longer says which they were. */
  readonly snapshots?: readonly string[];
}

export function readPrivate(bytes: Private | undefined): PrivateData {
  if (!bytes || bytes.length === 0) return {};
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    return {};
  }
}

export function writePrivate(data: PrivateData): Private {
  return Buffer.from(JSON.stringify(data));
}
