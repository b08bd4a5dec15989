import { serve } from "../../lib/plugin/serve";
import { createTestProvider } from "./plugin-provider";

void serve(createTestProvider, { name: "plugintest" });
