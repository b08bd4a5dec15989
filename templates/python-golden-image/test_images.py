import json
import unittest
from pathlib import Path

from {{cdk}} import Testing
from {{module}} import ImageTaskGuardrails

from golden_image import GoldenImage
from guardrails import guardrails
from images_stack import ImagesStack


def synth(change=lambda stack: None):
    """Returns the stack's Terraform configuration."""
    app = Testing.app()
    ImageTaskGuardrails.apply_to(app, **guardrails())
    change(ImagesStack(app, "images"))
    app.synth()
    return json.loads(Path(app.outdir, "stacks/images/cdk.tf.json").read_text())


class Images(unittest.TestCase):
    def test_two_golden_images_are_imported_and_one_is_copied_encrypted(self):
        resource = synth()["resource"]
        names = sorted(image["image_name"] for image in resource["imagetask_import"].values())
        self.assertEqual(names, ["golden-web-v1", "golden-worker-v1"])
        copies = [(copy["region"], copy["encrypted"]) for copy in resource["imagetask_copy"].values()]
        self.assertEqual(copies, [("cn-shanghai", True)])

    def test_the_guard_rails_stop_a_copy_to_a_region_that_is_not_approved(self):
        with self.assertRaisesRegex(RuntimeError, "IT002"):
            synth(lambda stack: GoldenImage(stack, "far", name="far", version=1, object="far/v1.qcow2", copy_to=["us-east-1"]))
