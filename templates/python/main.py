import json
import os

from {{cdk}} import App, OssBackend
from {{module}} import ImageTaskGuardrails

from emulator import emulator
from guardrails import guardrails
from images_stack import ImagesStack
from settings import settings

app = App()
ImageTaskGuardrails.apply_to(app, **guardrails())

# The stacks for emulator and account have different names, so that they never share a state.
target = os.environ.get("IMAGES_TARGET", "emulator")
if target == "emulator":
    ImagesStack(app, "images-emulator", **emulator())
elif target == "account":
    if "CHANGE-ME" in json.dumps(settings):
        raise SystemExit("settings.json still says CHANGE-ME. Name the bucket and the Tablestore table that keep the account's state.")
    stack = ImagesStack(app, "images")
    state = settings["state"]
    OssBackend(
        stack,
        region=settings["region"],
        key="images.tfstate",
        encrypt=True,
        bucket=state["bucket"],
        prefix=state["prefix"],
        tablestore_endpoint=state["tablestoreEndpoint"],
        tablestore_table=state["tablestoreTable"],
    )
else:
    raise SystemExit(f'IMAGES_TARGET is "{target}". Allowed: emulator (the default), account.')
app.synth()
