import json
from pathlib import Path

settings = json.loads(Path(__file__).with_name("settings.json").read_text())
