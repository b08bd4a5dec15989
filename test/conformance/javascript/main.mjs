// The conformance suite with the official JavaScript SDK (@alicloud/ecs20140526, signature V3). `npm run conformance` starts it;
// settings come as JSON in CONFORMANCE, the key in ALIBABA_CLOUD_*, the results leave as one JSON line per check.
// `--clean` only removes what a run with the same prefix left.
import { cleaning } from "./checks/cleanup.mjs";
import { connect } from "./ecs.mjs";
import { runSuite } from "./suite.mjs";

const config = JSON.parse(process.env.CONFORMANCE);
const keys = {
  id: process.env.ALIBABA_CLOUD_ACCESS_KEY_ID,
  secret: process.env.ALIBABA_CLOUD_ACCESS_KEY_SECRET,
  token: process.env.ALIBABA_CLOUD_SECURITY_TOKEN,
};
const interrupt = new AbortController();
for (const name of ["SIGINT", "SIGTERM"]) {
  process.on(name, () => {
    if (interrupt.signal.aborted) process.exit(130);
    interrupt.abort();
  });
}
const checks = process.argv.includes("--clean") ? [cleaning] : undefined;
await runSuite({
  config,
  connect: (over = {}) => connect({ ...config, keys, ...over }),
  emit: (line) => process.stdout.write(`${JSON.stringify(line)}\n`),
  signal: interrupt.signal,
  ...(checks && { checks }),
});
process.exitCode = interrupt.signal.aborted ? 130 : 0;
