import { loadScript } from "../../scripts/support/load-script";
import type { Cdk } from "./packages";

interface Flavour {
  readonly name: string;
}
const script = loadScript<{ FLAVOURS: readonly Flavour[]; inFlavour(text: string, flavour: Flavour): string }>(
  "scripts/package/flavours.mjs",
);

/** Converts a text for cdktf to one for the CDK. */
export function inFlavour(text: string, cdk: Cdk): string {
  return script.inFlavour(
    text,
    script.FLAVOURS.find(({ name }) => name === cdk)!,
  );
}
