import { getRawAsset } from "node:sea";
import { launchPlugin, type Bundle } from "./launch-plugin";

/** The main program of the plugin that is an executable of its own: it carries Node.js and the bundles. */

// What the launcher's shell does for the plugin that Node.js runs: a setting for the user's own programs is not to reach the provider.
delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;

const asset = (file: string): Bundle => ({ file, read: () => Buffer.from(getRawAsset(file) as ArrayBuffer) });

launchPlugin(() => ({ provider: asset("provider.js"), sdk: asset("ecs.js") }));
