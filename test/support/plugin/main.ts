import { serve } from "../../../lib/plugin/serve";
import { createTestProvider } from "./provider";

void serve(createTestProvider, { name: "plugintest", usage: "Only tests use it." });
