import type { Image } from "../gateway";

/** An import or a copy: a call with a ClientToken that makes an image. */
export interface ImageStart {
  readonly kind: "import" | "copy";
  readonly region: string;
  /** The whole request: another request means another token. */
  readonly request: { readonly imageName?: string };
  /** The request's fingerprint, which is a tag of the image. */
  readonly fingerprint: string;
  /** The request in words, for messages: `an import of images/web.qcow2 as "web"`. */
  readonly asked: string;
  readonly call: (token: string) => Promise<StartAnswer>;
  /** Whether the request could have made this image, whose tags ECS does not show. */
  readonly matches: (image: Image) => boolean;
}

export interface StartAnswer {
  readonly taskId: string | null;
  readonly imageId: string;
}
