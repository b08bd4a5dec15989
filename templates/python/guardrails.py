import json
import re
from pathlib import Path


def guardrails() -> dict:
    """The rules of guardrails.json, which the provider reads as well; Python spells their names with underscores."""
    rules = json.loads(Path(__file__).with_name("guardrails.json").read_text())
    return {re.sub("[A-Z]", lambda letter: f"_{letter[0].lower()}", name): rule for name, rule in rules.items()}
