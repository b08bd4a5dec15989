from {{cdk}} import TerraformOutput, TerraformStack
from {{module}} import ImageTaskProvider

from golden_image import GoldenImage
from settings import settings


class ImagesStack(TerraformStack):
    """The team's golden images."""

    def __init__(self, scope, id, **provider):
        super().__init__(scope, id)
        # These settings override those in the environment that Terraform runs in.
        ImageTaskProvider(
            self, "imagetask", region=settings["region"], default_tags={"project": settings["project"]}, **provider
        )

        web = GoldenImage(self, "web", name="web", version=1, object="web/v1.qcow2", copy_to=["cn-shanghai"])
        worker = GoldenImage(self, "worker", name="worker", version=1, object="worker/v1.qcow2")

        TerraformOutput(self, "web_image_id", value=web.image_id)
        TerraformOutput(self, "web_image_id_in_shanghai", value=web.image_id_in("cn-shanghai"))
        TerraformOutput(self, "worker_image_id", value=worker.image_id)
