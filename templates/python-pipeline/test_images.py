import json
import unittest
from pathlib import Path

from {{cdk}} import Testing
from {{module}} import ImageImport, ImageImportDisk, ImageTaskGuardrails

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
    def test_imports_one_image_copies_it_encrypted_and_exports_it(self):
        resource = synth()["resource"]
        self.assertEqual([image["image_name"] for image in resource["imagetask_import"].values()], ["web-v1"])
        copies = [(copy["region"], copy["encrypted"]) for copy in resource["imagetask_copy"].values()]
        self.assertEqual(copies, [("cn-shanghai", True)])
        self.assertEqual(len(resource["imagetask_export"]), 1)

    def test_the_guard_rails_stop_an_import_from_a_bucket_that_is_not_approved(self):
        other = ImageImportDisk(oss_bucket="elsewhere", oss_object="web.raw")
        with self.assertRaisesRegex(RuntimeError, "IT001"):
            synth(lambda stack: ImageImport(stack, "other", image_name="other-v1", disk_device_mapping=[other]))
