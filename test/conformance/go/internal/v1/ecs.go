// Package v1 calls ECS through github.com/aliyun/alibaba-cloud-sdk-go.
package v1

import (
	"encoding/json"
	"errors"
	"strings"
	"time"

	"conformance/internal/suite"

	"github.com/aliyun/alibaba-cloud-sdk-go/sdk"
	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/auth"
	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/auth/credentials"
	sdkerrors "github.com/aliyun/alibaba-cloud-sdk-go/sdk/errors"
	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/requests"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/ecs"
)

type client struct {
	sdk                        *ecs.Client
	protocol, endpoint, region string
}

// Connect makes a client; the SDK's own retries are off.
func Connect(protocol, endpoint, region string, keys suite.Keys) (suite.ECS, error) {
	var credential auth.Credential = credentials.NewAccessKeyCredential(keys.ID, keys.Secret)
	if keys.Token != "" {
		credential = credentials.NewStsTokenCredential(keys.ID, keys.Secret, keys.Token)
	}
	config := sdk.NewConfig().WithAutoRetry(false).WithTimeout(30 * time.Second)
	made, err := ecs.NewClientWithOptions(region, config, credential)
	if err != nil {
		return nil, err
	}
	return &client{made, protocol, endpoint, region}, nil
}

// answer is what all of the SDK's responses have.
type answer interface{ GetHttpContentString() string }

// send makes a call and reads its answer once more, from the JSON that came: the SDK's structs make no difference between an empty and a missing
// field.
func send[Request any, Answer answer](c *client, rpc *requests.RpcRequest, request Request, call func(Request) (Answer, error), into any) error {
	rpc.Scheme, rpc.Domain = c.protocol, c.endpoint
	if rpc.RegionId == "" {
		rpc.RegionId = c.region
	}
	return suite.Retried(func() error {
		response, err := call(request)
		var refused sdkerrors.Error
		if errors.As(err, &refused) && refused.HttpStatus() >= 400 {
			return &suite.Refused{Status: refused.HttpStatus(), Code: refused.ErrorCode(), Message: refused.Message()}
		}
		if err != nil || into == nil {
			return err
		}
		return json.Unmarshal([]byte(response.GetHttpContentString()), into)
	})
}

func (c *client) DescribeRegions() ([]string, error) {
	request := ecs.CreateDescribeRegionsRequest()
	var body struct {
		Regions struct{ Region []struct{ RegionId string } }
	}
	err := send(c, request.RpcRequest, request, c.sdk.DescribeRegions, &body)
	var ids []string
	for _, region := range body.Regions.Region {
		ids = append(ids, region.RegionId)
	}
	return ids, err
}

func (c *client) DescribeImages(query suite.ImageQuery) (body suite.Images, err error) {
	request := ecs.CreateDescribeImagesRequest()
	request.ImageId = strings.Join(query.IDs, ",")
	request.Status, request.ImageName, request.ImageOwnerAlias = query.Status, query.Name, query.Owner
	request.PageNumber, request.PageSize = integer(query.Page), integer(query.Size)
	if query.DryRun {
		request.DryRun = requests.NewBoolean(true)
	}
	err = send(c, request.RpcRequest, request, c.sdk.DescribeImages, &body)
	return body, err
}

func (c *client) DescribeTasks(query suite.TaskQuery) (body suite.Tasks, err error) {
	request := ecs.CreateDescribeTasksRequest()
	request.RegionId = query.Region
	request.TaskIds, request.TaskAction = strings.Join(query.IDs, ","), query.Action
	request.PageNumber, request.PageSize = integer(query.Page), integer(query.Size)
	if query.Resources != nil {
		request.ResourceIds = &query.Resources
	}
	err = send(c, request.RpcRequest, request, c.sdk.DescribeTasks, &body)
	suite.Raw(body.TaskSet.Task)
	return body, err
}

func (c *client) DescribeTaskAttribute(task string) (body suite.Task, err error) {
	request := ecs.CreateDescribeTaskAttributeRequest()
	request.TaskId = task
	err = send(c, request.RpcRequest, request, c.sdk.DescribeTaskAttribute, &body)
	return body, err
}

func (c *client) ImportImage(start suite.Import) (task, image string, err error) {
	request := ecs.CreateImportImageRequest()
	request.ImageName, request.ClientToken = start.Name, start.Token
	request.DiskDeviceMapping = &[]ecs.ImportImageDiskDeviceMapping{{OSSBucket: start.Bucket, OSSObject: start.Object}}
	if start.Tag[0] != "" {
		request.Tag = &[]ecs.ImportImageTag{{Key: start.Tag[0], Value: start.Tag[1]}}
	}
	if start.DryRun {
		request.DryRun = requests.NewBoolean(true)
	}
	var body struct{ TaskId, ImageId string }
	err = send(c, request.RpcRequest, request, c.sdk.ImportImage, &body)
	return body.TaskId, body.ImageId, err
}

func (c *client) ExportImage(image, bucket, prefix string) (string, error) {
	request := ecs.CreateExportImageRequest()
	request.ImageId, request.OSSBucket, request.OSSPrefix = image, bucket, prefix
	var body struct{ TaskId string }
	err := send(c, request.RpcRequest, request, c.sdk.ExportImage, &body)
	return body.TaskId, err
}

func (c *client) CopyImage(image, toRegion, name string) (string, error) {
	request := ecs.CreateCopyImageRequest()
	request.ImageId, request.DestinationRegionId, request.DestinationImageName = image, toRegion, name
	var body struct{ ImageId string }
	err := send(c, request.RpcRequest, request, c.sdk.CopyImage, &body)
	return body.ImageId, err
}

func (c *client) CancelTask(task string) error {
	request := ecs.CreateCancelTaskRequest()
	request.TaskId = task
	return send(c, request.RpcRequest, request, c.sdk.CancelTask, nil)
}

func (c *client) CancelCopyImage(image string) error {
	request := ecs.CreateCancelCopyImageRequest()
	request.ImageId = image
	return send(c, request.RpcRequest, request, c.sdk.CancelCopyImage, nil)
}

func (c *client) DeleteImage(image string) error {
	request := ecs.CreateDeleteImageRequest()
	request.ImageId = image
	return send(c, request.RpcRequest, request, c.sdk.DeleteImage, nil)
}

func integer(value int) requests.Integer {
	if value == 0 {
		return ""
	}
	return requests.NewInteger(value)
}
