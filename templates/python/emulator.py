import os
import re
import subprocess
import sys
from pathlib import Path

from {{module}} import ImageTaskEndpoints

FOLDER = ".emulator"


def emulator() -> dict:
    """
    How to reach the emulator. Synth starts it in the background, unless it runs; it ends ten minutes after the last call, and keeps its images
    in `.emulator/`. An emulator of your own on this machine (ECS_ENDPOINT) goes before.
    """
    if re.match(r"(https?://)?(127\.|localhost\b|\[::1\])", os.environ.get("ECS_ENDPOINT", "")):
        return {}
    command = [Path(sys.executable).with_name("imagetask"), "emulator", "--background", FOLDER, "--task-duration", "3s"]
    endpoint = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
    return {
        "endpoints": ImageTaskEndpoints(ecs=endpoint, sts=endpoint),
        "protocol": "HTTP",
        # A file and not a key, as the guard rails want it. No key of the environment is used beside it.
        "profile": "emulator",
        "shared_credentials_file": str(Path(FOLDER, "profile.json").resolve()),
    }
