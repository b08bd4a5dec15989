// The least that a plugin has to do before its handshake: listen for one client that proves who it is with a certificate. Key and certificate
// come from outside, and nothing is served.
const { mkdtempSync, rmSync, writeSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { dirname, join } = require("node:path");
const { createServer } = require("node:tls");

const { BENCH_KEY: key, BENCH_CERTIFICATE: cert } = process.env;
const path = join(mkdtempSync(join(tmpdir(), "imagetask-bench-")), "s");
const server = createServer({ key, cert, ca: [], requestCert: true }).listen(path, () => writeSync(1, `${path}\n`));
process.once("SIGTERM", () => server.close(() => rmSync(dirname(path), { recursive: true })));
