package suite

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// entry is something that the run has started. It is made before its call, so that a start whose answer was lost is found again by the
// image's name or, for an export, by its image.
type entry struct{ kind, name, task, image string }

type ledger struct {
	ecs, destination ECS
	config           config
	entries          []*entry
}

func newLedger(ecs, destination ECS, config config) *ledger {
	return &ledger{ecs: ecs, destination: destination, config: config}
}

// start starts an operation and records it. One that ECS refused is removed from the record; one whose answer was lost is not.
func (l *ledger) start(entry *entry, call func() error) error {
	l.entries = append(l.entries, entry)
	err := call()
	var refused *Refused
	if errors.As(err, &refused) && refused.Status < 500 {
		l.forget(entry)
	}
	return err
}

func (l *ledger) forget(gone *entry) {
	var rest []*entry
	for _, entry := range l.entries {
		if entry != gone {
			rest = append(rest, entry)
		}
	}
	l.entries = rest
}

// settle ends the operation of one entry and deletes everything that it made, except an exported object.
func (l *ledger) settle(entry *entry) error {
	ecs := l.ecs
	if entry.kind == "copy" {
		ecs = l.destination
	}
	if entry.image == "" && entry.name != "" {
		images, err := find(ecs, entry.name)
		if err != nil {
			return err
		}
		for _, image := range images {
			if image.ImageName == entry.name {
				entry.image = image.ImageId
			}
		}
	}
	if entry.image != "" {
		if err := l.end(ecs, entry); err != nil {
			return err
		}
	}
	l.forget(entry)
	return nil
}

// settleAll ends all operations that are left, then all others with the run's prefix; it returns those that could not be ended.
func (l *ledger) settleAll() (left []string) {
	try := func(entry *entry) {
		if err := l.settle(entry); err != nil {
			left = append(left, fmt.Sprintf("%s %s %s %s: %v", entry.kind, entry.name, entry.task, entry.image, err))
		}
	}
	for _, entry := range append([]*entry(nil), l.entries...) {
		try(entry)
	}
	for kind, ecs := range map[string]ECS{"import": l.ecs, "copy": l.destination} {
		if ecs == nil {
			continue
		}
		images, err := find(ecs, l.config.Prefix)
		if err != nil {
			left = append(left, fmt.Sprintf("images of an %s: %v", kind, err))
		}
		for _, image := range images {
			if strings.HasPrefix(image.ImageName, l.config.Prefix) {
				try(&entry{kind: kind, name: image.ImageName, image: image.ImageId})
			}
		}
	}
	return left
}

func (l *ledger) end(ecs ECS, entry *entry) error {
	if entry.kind == "copy" {
		if _, err := code(ecs.CancelCopyImage(entry.image)); err != nil {
			return err
		}
		return l.removeImage(ecs, entry.image)
	}
	if err := l.endTask(entry); err != nil || entry.kind == "export" {
		return err
	}
	return l.removeImage(ecs, entry.image)
}

func (l *ledger) endTask(entry *entry) error {
	if entry.task == "" {
		action := map[string]string{"import": "ImportImage", "export": "ExportImage"}[entry.kind]
		tasks, err := l.ecs.DescribeTasks(TaskQuery{Resources: []string{entry.image}, Action: action})
		if err != nil {
			return err
		}
		for _, task := range tasks.TaskSet.Task {
			if taskUnderWay(task.TaskStatus) {
				entry.task = task.TaskId
			}
		}
		if entry.task == "" {
			return nil
		}
	}
	return l.untilDone("the task "+entry.task+" to end", func() (bool, error) {
		tasks, err := l.ecs.DescribeTasks(TaskQuery{IDs: []string{entry.task}})
		if err != nil {
			return false, err
		}
		if len(tasks.TaskSet.Task) == 0 || !taskUnderWay(tasks.TaskSet.Task[0].TaskStatus) {
			return true, nil
		}
		refused, err := code(l.ecs.CancelTask(entry.task))
		return refused == "InvalidTaskId.NotFound", err
	})
}

// removeImage deletes until the image is gone: ECS refuses it while a task is ending, and a copy that cannot be cancelled must
// end first.
func (l *ledger) removeImage(ecs ECS, image string) error {
	return l.untilDone("the image "+image+" to go", func() (bool, error) {
		images, err := ecs.DescribeImages(ImageQuery{IDs: []string{image}, Status: EveryStatus})
		if err != nil || images.TotalCount == 0 {
			return err == nil, err
		}
		_, err = code(ecs.DeleteImage(image))
		return false, err
	})
}

func (l *ledger) untilDone(what string, done func() (bool, error)) error {
	limit := time.Duration(l.config.CleanupMs) * time.Millisecond
	end := time.Now().Add(limit)
	for {
		finished, err := done()
		if finished {
			return nil
		}
		// After a failed connection or an unexpected answer, the operation must still be ended.
		if err != nil && (forbidden(err) || time.Now().After(end)) {
			return err
		}
		if time.Now().After(end) {
			return fmt.Errorf("waited %s for %s; look in the console", limit, what)
		}
		time.Sleep(time.Duration(l.config.PollMs) * time.Millisecond)
	}
}

// find returns the images whose name contains a text.
func find(ecs ECS, name string) ([]Image, error) {
	images, err := ecs.DescribeImages(ImageQuery{Name: name, Status: EveryStatus, Owner: "self", Size: 100})
	return images.Images.Image, err
}

// code returns the code of a refusal, which the caller checks later; a missing right stays an error.
func code(err error) (string, error) {
	var refused *Refused
	if errors.As(err, &refused) && !forbidden(err) {
		return refused.Code, nil
	}
	return "", err
}

func forbidden(err error) bool {
	var refused *Refused
	return errors.As(err, &refused) && strings.HasPrefix(refused.Code, "Forbidden")
}

func taskUnderWay(status string) bool { return status == "Waiting" || status == "Processing" }
