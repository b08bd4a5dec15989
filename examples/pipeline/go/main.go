// Imports an image from OSS, copies it to a second region, and exports it back to OSS. See ../README.md.
package main

import (
	"os"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
	"github.com/hashicorp/terraform-cdk-go/cdktf"
	tasks "github.com/alicloud-image-tasks/cdktf-alicloud-image-tasks-go/cdktfalicloudimagetasks"
)

func newPipelineStack(scope constructs.Construct, id string) cdktf.TerraformStack {
	stack := cdktf.NewTerraformStack(scope, &id)
	home, isSet := os.LookupEnv("ALICLOUD_REGION")
	if !isSet {
		home = "cn-hangzhou"
	}

	// Credentials and endpoints come from the environment that Terraform runs in (ALICLOUD_ACCESS_KEY, ECS_ENDPOINT, …).
	tasks.NewImageTaskProvider(stack, jsii.String("imagetask"), &tasks.ImageTaskProviderProps{
		Region:      &home,
		DefaultTags: &map[string]*string{"project": jsii.String("image-pipeline")},
	})

	pipeline := tasks.NewImageTaskPipeline(stack, jsii.String("web"), &tasks.ImageTaskPipelineProps{
		Region: &home,
		Defaults: &tasks.ImageTaskDefaults{
			Timeout: jsii.String("2h"), OnTimeout: jsii.String("cancel"), OnInterrupt: jsii.String("cancel"),
		},
		Import: &tasks.ImageImportProps{
			ImageName:    jsii.String("web-server"),
			Description:  jsii.String("The web server's disk, as the build put it into OSS"),
			OsType:       jsii.String("linux"),
			Platform:     jsii.String("Ubuntu"),
			Architecture: jsii.String("x86_64"),
			DiskDeviceMapping: &[]*tasks.ImageImportDisk{{
				OssBucket: jsii.String("image-builds"), OssObject: jsii.String("web/latest.qcow2"),
				Format: jsii.String("qcow2"), DiskImageSize: jsii.Number(40),
			}},
		},
		Copies: &[]*tasks.ImageTaskPipelineCopy{{Region: jsii.String("cn-shanghai"), ImageName: jsii.String("web-server")}},
		Exports: &[]*tasks.ImageTaskPipelineExport{{
			OssBucket: jsii.String("image-backups"), OssPrefix: jsii.String("web"), ImageFormat: jsii.String("raw"),
		}},
	})

	cdktf.NewTerraformOutput(stack, jsii.String("image_id"), &cdktf.TerraformOutputConfig{Value: pipeline.ImageId()})
	cdktf.NewTerraformOutput(stack, jsii.String("shanghai_image_id"), &cdktf.TerraformOutputConfig{
		Value: pipeline.ImageIdIn(jsii.String("cn-shanghai")),
	})
	cdktf.NewTerraformOutput(stack, jsii.String("export_task_id"), &cdktf.TerraformOutputConfig{
		Value: (*pipeline.Exports())[0].TaskId(),
	})
	return stack
}

func main() {
	app := cdktf.NewApp(nil)
	newPipelineStack(app, "pipeline")
	app.Synth()
}
