import { loadScript } from "../../scripts/support/load-script";
import type { Cdk } from "./packages";

interface Flavour {
  readonly name: string;
}
const script = loadScript<{ FLAVOURS: readonly Flavour[]; inFlavour(text: string, flavour: Flavour): string }>(
  "scripts/package/flavours.mjs",
);

/** A text for cdktf as it reads for the other CDK. */
export function inFlavour(text: string, cdk: Cdk): string {
  return script.inFlavour(
    text,
    script.FLAVOURS.find(({ name }) => name === cdk)!,
  );
}
