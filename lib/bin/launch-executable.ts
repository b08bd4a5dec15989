import { getRawAsset } from "node:sea";
import { launchPlugin, type Bundle } from "./launch-plugin";

/** The main program of the plugin as an executable that contains Node.js and the bundles. */

// This setting is meant for the user's own programs. If Node.js runs the plugin, the launcher's shell removes it.
delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;

const asset = (file: string): Bundle => ({ file, read: () => Buffer.from(getRawAsset(file) as ArrayBuffer) });

launchPlugin(() => ({ provider: asset("provider.js"), sdk: asset("ecs.js") }));
