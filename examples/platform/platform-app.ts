import { App, type AppConfig } from "cdktf";
import { ImageTaskGuardrails } from "cdktf-alicloud-image-tasks";
import rules from "./rules.json";

/** An app under the platform team's rules. In CI, the provider uses the same file: IMAGETASK_POLICY=/etc/imagetask/rules.json. */
export class PlatformApp extends App {
  constructor(config?: AppConfig) {
    super(config);
    ImageTaskGuardrails.applyTo(this, rules);
  }
}
