package suite

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// ECS is the calls that the checks make, each through an SDK's own request type. An empty field isn't sent. A call that ECS refuses gives
// a *Refused; anything else that goes wrong is given as it comes.
type ECS interface {
	DescribeRegions() ([]string, error)
	DescribeImages(ImageQuery) (Images, error)
	DescribeTasks(TaskQuery) (Tasks, error)
	DescribeTaskAttribute(task string) (Task, error)
	ImportImage(Import) (task, image string, err error)
	ExportImage(image, bucket, prefix string) (task string, err error)
	CopyImage(image, toRegion, name string) (copied string, err error)
	CancelTask(task string) error
	CancelCopyImage(image string) error
	DeleteImage(image string) error
}

// Connect makes a client for a region behind an endpoint, HOST or HOST:PORT.
type Connect func(protocol, endpoint, region string, keys Keys) (ECS, error)

type Keys struct{ ID, Secret, Token string }

// EveryStatus names each: ALL is documented since August 2026 only.
const EveryStatus = "Creating,Waiting,Available,UnAvailable,CreateFailed,Deprecated"

type ImageQuery struct {
	IDs                 []string
	Status, Name, Owner string
	DryRun              bool
	Page, Size          int
}

type TaskQuery struct {
	IDs, Resources []string
	Action         string
	// Region is asked instead of the client's own.
	Region     string
	Page, Size int
}

type Import struct {
	Name, Bucket, Object, Token string
	// Tag is a key and a value, or empty.
	Tag    [2]string
	DryRun bool
}

// The names are those of the API reference, so that either SDK's answer, as JSON, fills these.
type Images struct {
	PageNumber, PageSize, TotalCount int
	Images                           struct{ Image []Image }
}

type Image struct {
	ImageId, ImageName, Status, ImageOwnerAlias, CreationTime string
	Tags                                                      struct {
		Tag []struct{ TagKey, TagValue string }
	}
}

type Tasks struct {
	PageNumber, PageSize, TotalCount int
	TaskSet                          struct{ Task []Task }
}

type Task struct {
	TaskId, TaskAction, TaskStatus, TaskProcess, CreationTime, ResourceId string
	FinishedTime                                                          *string
	// SupportCancel is a bool or a text, as it came; always a text from an SDK that converts it.
	SupportCancel any
}

// Refused is ECS's answer to a call that it doesn't carry out.
type Refused struct {
	Status        int
	Code, Message string
}

func (r *Refused) Error() string { return fmt.Sprintf("%s: %s", r.Text(), r.Message) }

func (r *Refused) Text() string { return fmt.Sprintf("%d %s", r.Status, r.Code) }

// Refusal tells a refusal from other errors: the refusal, or nil when the call was accepted. Other errors end the check.
func Refusal(err error) *Refused {
	var refused *Refused
	if errors.As(err, &refused) {
		return refused
	}
	must(err)
	return nil
}

// Retried tries a throttled call again; nothing else, so that a check sees what ECS said.
func Retried(call func() error) error {
	const attempts = 5
	for attempt := 1; ; attempt++ {
		err := call()
		var refused *Refused
		if !errors.As(err, &refused) || !strings.HasPrefix(refused.Code, "Throttling") || attempt == attempts {
			return err
		}
		time.Sleep(500 * time.Millisecond << attempt)
	}
}

func text(refused *Refused) string {
	if refused == nil {
		return "accepted"
	}
	return refused.Text()
}
