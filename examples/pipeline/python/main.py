"""Imports an image from OSS, copies it to a second region, and exports it back to OSS. See ../README.md."""

import os

from cdktf import App, TerraformOutput, TerraformStack
from cdktf_alicloud_image_tasks import (
    ImageImportDisk,
    ImageImportProps,
    ImageTaskDefaults,
    ImageTaskPipeline,
    ImageTaskPipelineCopy,
    ImageTaskPipelineExport,
    ImageTaskProvider,
)


class PipelineStack(TerraformStack):
    def __init__(self, scope, id):
        super().__init__(scope, id)
        home = os.environ.get("ALICLOUD_REGION", "cn-hangzhou")

        # Credentials and endpoints come from the environment that Terraform runs in (ALICLOUD_ACCESS_KEY, ECS_ENDPOINT, …).
        ImageTaskProvider(self, "imagetask", region=home, default_tags={"project": "image-pipeline"})

        pipeline = ImageTaskPipeline(
            self,
            "web",
            region=home,
            defaults=ImageTaskDefaults(timeout="2h", on_timeout="cancel", on_interrupt="cancel"),
            import_=ImageImportProps(
                image_name="web-server",
                description="The web server's disk, as the build put it into OSS",
                os_type="linux",
                platform="Ubuntu",
                architecture="x86_64",
                disk_device_mapping=[
                    ImageImportDisk(
                        oss_bucket="image-builds", oss_object="web/latest.qcow2", format="qcow2", disk_image_size=40
                    )
                ],
            ),
            copies=[ImageTaskPipelineCopy(region="cn-shanghai", image_name="web-server")],
            exports=[ImageTaskPipelineExport(oss_bucket="image-backups", oss_prefix="web", image_format="raw")],
        )

        TerraformOutput(self, "image_id", value=pipeline.image_id)
        TerraformOutput(self, "shanghai_image_id", value=pipeline.image_id_in("cn-shanghai"))
        TerraformOutput(self, "export_task_id", value=pipeline.exports[0].task_id)


app = App()
PipelineStack(app, "pipeline")
app.synth()
