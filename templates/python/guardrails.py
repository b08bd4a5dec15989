import json
import re
from pathlib import Path


def guardrails() -> dict:
    """Returns the rules in guardrails.json. The provider reads the same file. Python spells their names with underscores."""
    rules = json.loads(Path(__file__).with_name("guardrails.json").read_text())
    return {re.sub("[A-Z]", lambda letter: f"_{letter[0].lower()}", name): rule for name, rule in rules.items()}
