import { ProviderDefinition } from "../gen/tfplugin6";
import { rpc } from "./rpc";

/** Answers at once; running calls end soon afterwards. */
export const stopProvider = rpc({
  method: ProviderDefinition.methods.stopProvider,
  handle({ provider, log, stopping }) {
    log.log("info", "stopping: Terraform was interrupted");
    stopping.abort();
    provider.stop();
    return { Error: "" };
  },
  failed: (diagnostics) => ({ Error: diagnostics.map(({ summary, detail }) => `${summary}: ${detail}`).join("\n") }),
});
