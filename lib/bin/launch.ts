import { join } from "node:path";
import { CodeCache, codeCacheFolder } from "../plugin/code-cache";

/** The plugin's executable: it runs the provider, which lies beside it, from compiled code where there is some. */
const cache = new CodeCache({ folder: codeCacheFolder(process.env), require });
process.on("exit", () => cache.save());
cache.load(join(__dirname, "provider.js"));
