from {{cdk}} import TerraformOutput, TerraformStack
from {{module}} import (
    ImageImportDisk,
    ImageImportProps,
    ImageTaskDefaults,
    ImageTaskPipeline,
    ImageTaskPipelineCopy,
    ImageTaskPipelineExport,
    ImageTaskProvider,
)

from settings import settings


class ImagesStack(TerraformStack):
    """Imports an image from OSS, copies it to a second region, and exports it back to OSS."""

    def __init__(self, scope, id, **provider):
        super().__init__(scope, id)
        region = settings["region"]
        # These settings override those in the environment that Terraform runs in.
        ImageTaskProvider(self, "imagetask", region=region, default_tags={"project": settings["project"]}, **provider)

        pipeline = ImageTaskPipeline(
            self,
            "web",
            region=region,
            defaults=ImageTaskDefaults(timeout="2h"),
            import_=ImageImportProps(
                image_name="web-v1",
                os_type="linux",
                platform="Ubuntu",
                architecture="x86_64",
                role_name="AliyunECSImageImportDefaultRole",
                disk_device_mapping=[ImageImportDisk(oss_bucket="image-builds", oss_object="web/v1.qcow2", format="qcow2")],
            ),
            copies=[ImageTaskPipelineCopy(region="cn-shanghai", image_name="web-v1", encrypted=True)],
            exports=[
                ImageTaskPipelineExport(
                    oss_bucket="image-backups",
                    oss_prefix="web",
                    image_format="raw",
                    role_name="AliyunECSImageExportDefaultRole",
                )
            ],
        )

        TerraformOutput(self, "image_id", value=pipeline.image_id)
        TerraformOutput(self, "shanghai_image_id", value=pipeline.image_id_in("cn-shanghai"))
