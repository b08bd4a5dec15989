import { serve } from "../../../lib/plugin/serve";
import { createService } from "../../../lib/plugin/service";
import { createTestProvider } from "./provider";

void serve(async (host) => createService(createTestProvider, host), { name: "plugintest", usage: "Only tests use it." });
