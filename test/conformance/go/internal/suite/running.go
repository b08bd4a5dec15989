package suite

import (
	"regexp"
	"slices"
	"strings"
	"time"
)

// runningChecks start tasks, and cancel them.
func runningChecks() []check {
	return []check{
		{"import-cancel", true, importCancel},
		{"cancel-ended-task", true, cancelEndedTask},
		{"import-token-replay", true, importTokenReplay},
		{"export-cancel", true, exportCancel},
		{"copy-cancel", true, copyCancel},
	}
}

func importCancel(t *trial) {
	entry := &entry{kind: "import", name: t.config.Prefix + "-import"}
	request := t.importOf(entry.name)
	request.Tag = [2]string{"conformance", t.config.Prefix}
	t.needImport(entry, request)
	t.started(entry, "ImportImage")

	byImage := orDie(t.ecs.DescribeTasks(TaskQuery{Resources: []string{entry.image}})).TaskSet.Task
	found := slices.ContainsFunc(byImage, func(task Task) bool { return task.TaskId == entry.task })
	t.expect(found, "the task found by ResourceIds")
	var image *Image
	t.until(func() bool { image = imageIn(t.ecs, entry.image); return image != nil })
	t.saw("image %s", statusOf(image, "not listed"))
	t.need(image != nil && imageUnderWay(image.Status), "the image listed as Waiting or Creating under Status=ALL")
	tagged := false
	for _, tag := range image.Tags.Tag {
		tagged = tagged || (tag.TagKey == "conformance" && tag.TagValue == t.config.Prefix)
	}
	t.fact("image.tagsWhileCreating", tagged)
	byDefault := orDie(t.ecs.DescribeImages(ImageQuery{IDs: []string{entry.image}}))
	t.expect(byDefault.TotalCount == 0, "no image under the default Status")
	deletion := text(Refusal(t.ecs.DeleteImage(entry.image)))
	t.saw("DeleteImage while it runs: %s", deletion)
	t.expect(deletion == "403 ImageIsImporting", "403 ImageIsImporting")

	if t.cancelAndWatch(entry.task) {
		t.imageAfterwards(entry.image)
		t.known.cancelled = entry.task
	}
	must(t.ledger.settle(entry))
}

// started notes how a task looks that has just begun.
func (t *trial) started(entry *entry, action string) {
	var task *Task
	t.until(func() bool { task = t.watch(entry.task); return task != nil })
	t.need(task != nil, "the task listed by its id")
	t.expect(task.TaskAction == action && task.ResourceId == entry.image, "TaskAction %s, ResourceId the image", action)
	t.expect(isTrue(task.SupportCancel), "SupportCancel true")
	t.supportCancelType(*task)
	t.fact("task.unfinishedTime", unfinishedTime(*task))
}

// imageAfterwards notes what becomes of the image of a cancelled import.
func (t *trial) imageAfterwards(id string) {
	since := time.Now()
	var status string
	settled := t.until(func() bool {
		status = statusOf(imageIn(t.ecs, id), "gone")
		return !imageUnderWay(status)
	})
	t.saw("image afterwards: %s", status)
	t.need(settled, "the image to follow its task's end")
	// Available means that the cancel came too late, which the task's status tells.
	if status == "Available" {
		return
	}
	t.fact("afterCancel.image", status)
	t.fact("afterCancel.imageDelay", time.Since(since).Milliseconds())
}

func cancelEndedTask(t *trial) {
	if t.known.cancelled == "" {
		panic(skipped("import-cancel came to no end"))
	}
	seen := text(Refusal(t.ecs.CancelTask(t.known.cancelled)))
	t.saw("%s", seen)
	allowed := []string{"403 InvalidTaskId.IncorrectTaskStatus", "400 InvalidTaskId.NotFound"}
	t.expect(slices.Contains(allowed, seen), "%s", strings.Join(allowed, " or "))
}

func importTokenReplay(t *trial) {
	name := t.config.Prefix + "-token"
	request := t.importOf(name)
	request.Token = randomSecret()
	first := &entry{kind: "import", name: name}
	t.needImport(first, request)
	// The replays' answers are remembered as well: against an ECS that takes no notice of the token they are imports of their own.
	again := &entry{kind: "import", name: name}
	replay := Refusal(t.startImport(again, request))
	same := again.task == first.task && again.image == first.image
	switch {
	case replay != nil:
		t.saw("same parameters: %s", replay.Text())
	case same:
		t.saw("same parameters: the same ids")
	default:
		t.saw("same parameters: other ids, %s and %s", again.task, again.image)
	}
	t.expect(same, "the same ids again")
	other := &entry{kind: "import", name: name + "-other"}
	request.Name = other.name
	mismatch := Refusal(t.startImport(other, request))
	t.saw("other parameters: %s", text(mismatch))
	known := mismatch != nil && mismatch.Code == "IdempotentParameterMismatch"
	t.expect(known, "IdempotentParameterMismatch")
	if known {
		t.fact("clientToken.mismatchStatus", mismatch.Status)
	}
	if same {
		t.ledger.forget(again)
	}
	for _, entry := range []*entry{first, again, other} {
		if slices.Contains(t.ledger.entries, entry) {
			must(t.ledger.settle(entry))
		}
	}
}

var notLetters = regexp.MustCompile(`[^A-Za-z0-9]`)

func exportCancel(t *trial) {
	image := t.config.Image
	if image == "" {
		panic(skipped("needs --image, an own Available one"))
	}
	for _, task := range orDie(t.ecs.DescribeTasks(TaskQuery{Resources: []string{image}, Action: "ExportImage"})).TaskSet.Task {
		if taskUnderWay(task.TaskStatus) {
			panic(skipped(task.TaskId + " exports " + image + " already, and is not ours"))
		}
	}
	prefix := notLetters.ReplaceAllString(t.config.Prefix, "")
	prefix = prefix[:min(len(prefix), 30)]
	entry := &entry{kind: "export", image: image}
	must(t.ledger.start(entry, func() (err error) {
		entry.task, err = t.ecs.ExportImage(image, t.config.Bucket, prefix)
		return err
	}))
	t.saw("objects %s_… in %s, if any are left", prefix, t.config.Bucket)
	t.fact("task.exportIdPrefix", idPrefix(entry.task))
	t.started(entry, "ExportImage")
	t.cancelAndWatch(entry.task)
	after := statusOf(imageIn(t.ecs, image), "gone")
	t.saw("image afterwards: %s", after)
	t.expect(after == "Available", "the image Available as before")
	must(t.ledger.settle(entry))
}

func copyCancel(t *trial) {
	if t.config.Image == "" {
		panic(skipped("needs --image, an own Available one"))
	}
	if t.destination == nil {
		panic(skipped("needs --destination-region"))
	}
	entry := &entry{kind: "copy", name: t.config.Prefix + "-copy"}
	must(t.ledger.start(entry, func() (err error) {
		entry.image, err = t.ecs.CopyImage(t.config.Image, t.config.DestinationRegion, entry.name)
		return err
	}))
	var image *Image
	t.until(func() bool { image = imageIn(t.destination, entry.image); return image != nil })
	t.saw("image %s in %s", statusOf(image, "not listed"), t.config.DestinationRegion)
	t.need(image != nil && imageUnderWay(image.Status), "the copy listed as Waiting or Creating under Status=ALL")
	refused := Refusal(t.destination.CancelCopyImage(entry.image))
	t.saw("CancelCopyImage: %s", text(refused))
	t.expect(refused == nil || refused.Text() == "400 CancelNotSupported", "accepted or 400 CancelNotSupported")
	if refused == nil || refused.Code == "CancelNotSupported" {
		t.fact("copy.cancellable", refused == nil)
	}
	if refused == nil {
		since := time.Now()
		gone := t.until(func() bool { return imageIn(t.destination, entry.image) == nil })
		t.need(gone, "the copy's image gone after its cancel")
		t.fact("image.deleteDelay", time.Since(since).Milliseconds())
	}
	must(t.ledger.settle(entry))
}

func (t *trial) importOf(name string) Import {
	return Import{Name: name, Bucket: t.config.Bucket, Object: t.config.Object}
}

func (t *trial) startImport(entry *entry, request Import) error {
	return t.ledger.start(entry, func() (err error) {
		entry.task, entry.image, err = t.ecs.ImportImage(request)
		return err
	})
}

// needImport starts an import without which the check can't go on.
func (t *trial) needImport(entry *entry, request Import) {
	err := t.startImport(entry, request)
	t.roleCode(Refusal(err))
	must(err)
	t.saw("%s makes %s", entry.task, entry.image)
}

func imageIn(ecs ECS, id string) *Image {
	images := orDie(ecs.DescribeImages(ImageQuery{IDs: []string{id}, Status: EveryStatus})).Images.Image
	if len(images) == 0 {
		return nil
	}
	return &images[0]
}

func statusOf(image *Image, none string) string {
	if image == nil {
		return none
	}
	return image.Status
}

func imageUnderWay(status string) bool { return status == "Waiting" || status == "Creating" }
