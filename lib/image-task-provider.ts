import { Annotations, TerraformStack, type TerraformProviderGeneratorMetadata } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import { PROVIDER_SCHEMA } from "./contract/provider";
import { checkProvider } from "./contract/checks";
import type { ImageTaskProviderProps } from "./image-task-provider-props";
import { ImagetaskProvider } from "./imports/imagetask/provider";
import { checkProps } from "./private/check-props";
import { checkDistribution } from "./private/distribution";
import { isMarked, mark } from "./private/mark";
import { onSynthesize } from "./private/on-synthesize";
import { ownScope } from "./private/own-scope";
import { placeProvider } from "./private/place-provider";
import { readProviderPackage } from "./private/provider-package";
import { defaultProviderOf, setDefaultProvider } from "./private/stack-provider";
import { keepTagKeys } from "./private/tag-keys";

const KIND = "ImageTaskProvider";
const AUTOMATIC_ID = "cdktf-alicloud-image-tasks";

/**
 * The provider that runs the image tasks. Unless `distribution` says otherwise, synth places it in the stack's folder, together with its
 * entry in the dependency lock file, so that `cdktf deploy` and `cdktf destroy` need nothing else.
 *
 * The other constructs create one for their stack on first use. Create it yourself to set a region, endpoints or credentials:
 * it then replaces the automatic one, whichever is created first.
 */
export class ImageTaskProvider extends ImagetaskProvider {
  // Exact, because only this version matches these constructs and Terraform would otherwise choose the highest.
  override readonly terraformGeneratorMetadata?: TerraformProviderGeneratorMetadata;

  constructor(
    scope: Construct,
    id: string,
    /** The props as they were given. They may contain credentials, so do not print them. */
    readonly props: ImageTaskProviderProps = {},
  ) {
    super(ownScope(scope), id, props);
    mark(this, KIND);
    checkProps(this, PROVIDER_SCHEMA.block, { ...props }, checkProvider, ["alias", "distribution"]);
    checkDistribution(this, props.distribution);
    const provider = readProviderPackage();
    const stack = TerraformStack.of(this);
    this.terraformGeneratorMetadata = { providerName: ImagetaskProvider.tfResourceType, providerVersionConstraint: provider.version };
    if (props.alias === undefined) setDefaultProvider(stack, this, id === AUTOMATIC_ID);
    onSynthesize(this, (session) => placeProvider(this, stack, provider, session));
    if (process.platform === "win32" && props.distribution !== "registry") {
      Annotations.of(this).addWarning(
        'The image task provider that synth puts beside a stack does not run on Windows, so Terraform cannot apply this stack here. Set `distribution: "registry"` on an ImageTaskProvider, so that Terraform gets the executable for Windows from a registry or a mirror. Or deploy it on Linux or macOS, or in WSL.',
      );
    }
  }

  /** The default provider of the scope's stack. Creates it if the stack has none. */
  static of(scope: IConstruct): ImageTaskProvider {
    const stack = TerraformStack.of(scope);
    const present = defaultProviderOf(stack);
    return ImageTaskProvider.isImageTaskProvider(present) ? present : new ImageTaskProvider(stack, AUTOMATIC_ID);
  }

  /** Whether the value is an `ImageTaskProvider`, from any copy of this package. */
  static isImageTaskProvider(value: unknown): value is ImageTaskProvider {
    return isMarked(value, KIND);
  }

  /** Renders the block as JSON, for cdktf. */
  override toTerraform(): ReturnType<ImagetaskProvider["toTerraform"]> {
    const json = super.toTerraform();
    keepTagKeys(json, this.terraformResourceType, this.synthesizeAttributes()["default_tags"], this.rawOverrides["default_tags"]);
    return json;
  }

  /** Renders the block as HCL, for cdktf. */
  override toHclTerraform(): ReturnType<ImagetaskProvider["toHclTerraform"]> {
    const json = super.toHclTerraform();
    keepTagKeys(json, this.terraformResourceType, this.synthesizeHclAttributes()["default_tags"], this.rawOverrides["default_tags"]);
    return json;
  }
}
