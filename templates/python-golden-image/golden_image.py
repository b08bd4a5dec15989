from typing import Sequence

from constructs import Construct
from {{module}} import ImageImportDisk, ImageImportProps, ImageTaskDefaults, ImageTaskPipeline, ImageTaskPipelineCopy


class GoldenImage(Construct):
    """An image with the platform team's name, roles, timeouts and encrypted copies. Product teams set only what differs between images."""

    def __init__(self, scope, id, *, name: str, version: int, object: str, copy_to: Sequence[str] = ()):
        """
        :param name: part of the image's name, `golden-NAME-vVERSION`
        :param version: a new version creates a new image, which replaces the old one
        :param object: the key of the disk file in the bucket `image-builds`, in the format qcow2
        :param copy_to: the regions that get an encrypted copy
        """
        super().__init__(scope, id)
        image_name = f"golden-{name}-v{version}"
        self._pipeline = ImageTaskPipeline(
            self,
            "pipeline",
            defaults=ImageTaskDefaults(timeout="2h"),
            import_=ImageImportProps(
                image_name=image_name,
                os_type="linux",
                architecture="x86_64",
                role_name="AliyunECSImageImportDefaultRole",
                disk_device_mapping=[ImageImportDisk(oss_bucket="image-builds", oss_object=object, format="qcow2")],
            ),
            copies=[ImageTaskPipelineCopy(region=region, image_name=image_name, encrypted=True) for region in copy_to],
        )

    @property
    def image_id(self) -> str:
        """The image's id in the stack's region. A resource that uses it waits until the image is Available."""
        return self._pipeline.image_id

    def image_id_in(self, region: str) -> str:
        return self._pipeline.image_id_in(region)
