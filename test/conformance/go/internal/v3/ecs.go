// Package v3 calls ECS through github.com/alibabacloud-go/ecs-20140526.
package v3

import (
	"encoding/json"
	"errors"
	"strings"

	"conformance/internal/suite"

	openapi "github.com/alibabacloud-go/darabonba-openapi/v2/utils"
	ecs "github.com/alibabacloud-go/ecs-20140526/v7/client"
	"github.com/alibabacloud-go/tea/dara"
	"github.com/alibabacloud-go/tea/tea"
)

type client struct {
	sdk    *ecs.Client
	region string
}

// Connect makes a client; the SDK makes no retries unless it is told to.
func Connect(protocol, endpoint, region string, keys suite.Keys) (suite.ECS, error) {
	made, err := ecs.NewClient(&openapi.Config{
		AccessKeyId:     &keys.ID,
		AccessKeySecret: &keys.Secret,
		SecurityToken:   optional(keys.Token),
		Endpoint:        &endpoint,
		Protocol:        dara.String(strings.ToUpper(protocol)),
		ReadTimeout:     dara.Int(30_000),
	})
	if err != nil {
		return nil, err
	}
	return &client{made, region}, nil
}

// send makes a call and reads the body of its answer, which the SDK's structs write as the JSON that it was.
func send[Request, Answer any](request Request, call func(Request) (Answer, error), into any) error {
	return suite.Retried(func() error {
		response, err := call(request)
		if refused := refusal(err); refused != nil {
			return refused
		}
		if err != nil || into == nil {
			return err
		}
		text, err := json.Marshal(response)
		if err != nil {
			return err
		}
		return json.Unmarshal(text, &struct {
			Body any `json:"body"`
		}{into})
	})
}

// refusal gives nil for errors that are not ECS's answer. The SDK has two types for those that are.
func refusal(err error) error {
	var one *tea.SDKError
	if errors.As(err, &one) && one.StatusCode != nil {
		return &suite.Refused{Status: *one.StatusCode, Code: tea.StringValue(one.Code), Message: tea.StringValue(one.Message)}
	}
	var other dara.ResponseError
	if errors.As(err, &other) && dara.IntValue(other.GetStatusCode()) != 0 {
		return &suite.Refused{Status: *other.GetStatusCode(), Code: dara.StringValue(other.GetCode()), Message: other.Error()}
	}
	return nil
}

func (c *client) DescribeRegions() ([]string, error) {
	var body struct {
		Regions struct{ Region []struct{ RegionId string } }
	}
	err := send(&ecs.DescribeRegionsRequest{}, c.sdk.DescribeRegions, &body)
	var ids []string
	for _, region := range body.Regions.Region {
		ids = append(ids, region.RegionId)
	}
	return ids, err
}

func (c *client) DescribeImages(query suite.ImageQuery) (body suite.Images, err error) {
	request := &ecs.DescribeImagesRequest{
		RegionId:        &c.region,
		ImageId:         optional(strings.Join(query.IDs, ",")),
		Status:          optional(query.Status),
		ImageName:       optional(query.Name),
		ImageOwnerAlias: optional(query.Owner),
		PageNumber:      optional(int32(query.Page)),
		PageSize:        optional(int32(query.Size)),
		DryRun:          optional(query.DryRun),
	}
	err = send(request, c.sdk.DescribeImages, &body)
	return body, err
}

func (c *client) DescribeTasks(query suite.TaskQuery) (body suite.Tasks, err error) {
	request := &ecs.DescribeTasksRequest{
		RegionId:   &c.region,
		TaskIds:    optional(strings.Join(query.IDs, ",")),
		TaskAction: optional(query.Action),
		PageNumber: optional(int32(query.Page)),
		PageSize:   optional(int32(query.Size)),
	}
	if query.Region != "" {
		request.RegionId = &query.Region
	}
	if query.Resources != nil {
		request.ResourceIds = dara.StringSlice(query.Resources)
	}
	err = send(request, c.sdk.DescribeTasks, &body)
	return body, err
}

func (c *client) DescribeTaskAttribute(task string) (body suite.Task, err error) {
	request := &ecs.DescribeTaskAttributeRequest{RegionId: &c.region, TaskId: optional(task)}
	err = send(request, c.sdk.DescribeTaskAttribute, &body)
	return body, err
}

func (c *client) ImportImage(start suite.Import) (task, image string, err error) {
	request := &ecs.ImportImageRequest{
		RegionId:    &c.region,
		ImageName:   &start.Name,
		ClientToken: optional(start.Token),
		DryRun:      optional(start.DryRun),
		DiskDeviceMapping: []*ecs.ImportImageRequestDiskDeviceMapping{
			{OSSBucket: optional(start.Bucket), OSSObject: optional(start.Object)},
		},
	}
	if start.Tag[0] != "" {
		request.Tag = []*ecs.ImportImageRequestTag{{Key: &start.Tag[0], Value: &start.Tag[1]}}
	}
	var body struct{ TaskId, ImageId string }
	err = send(request, c.sdk.ImportImage, &body)
	return body.TaskId, body.ImageId, err
}

func (c *client) ExportImage(image, bucket, prefix string) (string, error) {
	request := &ecs.ExportImageRequest{RegionId: &c.region, ImageId: &image, OSSBucket: &bucket, OSSPrefix: &prefix}
	var body struct{ TaskId string }
	err := send(request, c.sdk.ExportImage, &body)
	return body.TaskId, err
}

func (c *client) CopyImage(image, toRegion, name string) (string, error) {
	request := &ecs.CopyImageRequest{
		RegionId: &c.region, ImageId: &image, DestinationRegionId: &toRegion, DestinationImageName: &name,
	}
	var body struct{ ImageId string }
	err := send(request, c.sdk.CopyImage, &body)
	return body.ImageId, err
}

func (c *client) CancelTask(task string) error {
	return send(&ecs.CancelTaskRequest{RegionId: &c.region, TaskId: &task}, c.sdk.CancelTask, nil)
}

func (c *client) CancelCopyImage(image string) error {
	return send(&ecs.CancelCopyImageRequest{RegionId: &c.region, ImageId: &image}, c.sdk.CancelCopyImage, nil)
}

func (c *client) DeleteImage(image string) error {
	return send(&ecs.DeleteImageRequest{RegionId: &c.region, ImageId: &image}, c.sdk.DeleteImage, nil)
}

// optional leaves out what isn't given.
func optional[T comparable](value T) *T {
	var none T
	if value == none {
		return nil
	}
	return &value
}
