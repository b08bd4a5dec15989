"""The conformance suite with one of Alibaba Cloud's Python SDKs: main.py v1|v3. `npm run conformance` starts it.

Settings come as JSON in CONFORMANCE, the key in ALIBABA_CLOUD_*; the results leave as one JSON line per check.
"""

import importlib
import json
import os
import signal
import sys
import threading

from conformance.suite import Interrupt, run_suite


def main(generation):
    sdk = importlib.import_module(f"conformance.sdk.{generation}")
    config = json.loads(os.environ["CONFORMANCE"])
    keys = {
        "id": os.environ["ALIBABA_CLOUD_ACCESS_KEY_ID"],
        "secret": os.environ["ALIBABA_CLOUD_ACCESS_KEY_SECRET"],
        "token": os.environ.get("ALIBABA_CLOUD_SECURITY_TOKEN"),
    }
    interrupt = Interrupt(threading.Event())

    def stop(*_):
        if interrupt.requested:
            os._exit(130)
        interrupt.event.set()

    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, stop)

    def connect(region=config["region"], endpoint=config["endpoint"], keys=keys):
        return sdk.connect(endpoint=endpoint, protocol=config["protocol"], region=region, keys=keys)

    run_suite(config, keys, connect, lambda line: print(json.dumps(line), flush=True), interrupt)
    return 130 if interrupt.requested else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
