package suite

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

const (
	pageSize = 10
	maxPages = 5
)

// readingChecks only read.
func readingChecks() []check {
	return []check{
		{"describe-regions", false, describeRegions},
		{"describe-images", false, describeImages},
		{"image-id-list", false, imageIDList},
		{"describe-tasks-paging", false, describeTasksPaging},
	}
}

func describeRegions(t *trial) {
	regions := orDie(t.ecs.DescribeRegions())
	t.saw("%d regions", len(regions))
	t.expect(slices.Contains(regions, t.config.Region), "%s among them", t.config.Region)
}

func describeImages(t *trial) {
	answer := orDie(t.ecs.DescribeImages(ImageQuery{Page: 1, Size: pageSize}))
	images := answer.Images.Image
	available := true
	var created []string
	for _, image := range images {
		t.known.images = append(t.known.images, image.ImageId)
		available = available && image.ImageId != "" && image.Status == "Available"
		if image.ImageOwnerAlias == "self" {
			created = append(created, image.CreationTime)
		}
	}
	t.saw("%d of %d images", len(images), answer.TotalCount)
	t.expectPage(answer.PageNumber, answer.PageSize, 1)
	t.expect(len(images) == min(answer.TotalCount, pageSize), "a full page, or all")
	t.expect(available, "none but Available ones when no Status is asked for")
	if order := orderOf(created); order != "" {
		t.fact("images.order", order)
	}
}

func imageIDList(t *trial) {
	if len(t.known.images) < 2 {
		panic(skipped("there are no two images in this region"))
	}
	found, err := t.ecs.DescribeImages(ImageQuery{IDs: t.known.images[:2]})
	if refused := Refusal(err); refused != nil {
		t.saw("%s", refused.Text())
	} else {
		t.saw("%d found of 2 ids joined by a comma", found.TotalCount)
	}
	t.fact("image.idList", err == nil && found.TotalCount == 2)
}

func describeTasksPaging(t *trial) {
	var tasks []Task
	total := 0
	for page := 1; page <= maxPages; page++ {
		answer := orDie(t.ecs.DescribeTasks(TaskQuery{Page: page, Size: pageSize}))
		t.expectPage(answer.PageNumber, answer.PageSize, page)
		total = answer.TotalCount
		tasks = append(tasks, answer.TaskSet.Task...)
		if len(answer.TaskSet.Task) == 0 || len(tasks) >= total {
			break
		}
	}
	if len(tasks) == 0 {
		t.saw("no tasks in this region")
	} else {
		oldest := slices.MinFunc(tasks, func(one, other Task) int { return strings.Compare(one.CreationTime, other.CreationTime) })
		t.saw("%d of %d tasks: %s; the oldest from %s", len(tasks), total, counts(tasks), oldest.CreationTime)
	}
	ids := map[string]bool{}
	for _, task := range tasks {
		ids[task.TaskId] = true
	}
	t.expect(len(ids) == len(tasks), "no task on two pages")
	t.expect(len(tasks) == min(total, pageSize*maxPages), "as many tasks as TotalCount says")
	t.factsOf(tasks)
}

func (t *trial) expectPage(number, size, wanted int) {
	t.expect(number == wanted && size == pageSize, "page %d of %d as asked for, not page %d of %d", wanted, pageSize, number, size)
}

var withSeconds = regexp.MustCompile(`T\d\d:\d\d:\d\d`)

// factsOf notes what a list of tasks tells by itself.
func (t *trial) factsOf(tasks []Task) {
	var created []string
	for _, task := range tasks {
		created = append(created, task.CreationTime)
		t.fact("task.seconds", withSeconds.MatchString(task.CreationTime))
		t.supportCancelType(task)
		switch task.TaskStatus {
		case "Waiting", "Processing":
			t.fact("task.unfinishedTime", unfinishedTime(task))
		case "Deleted", "Cancelled", "Canceled":
			t.fact("afterCancel.task", task.TaskStatus)
		case "Failed":
			t.fact("task.failedStatus", "Failed")
		}
		if task.TaskAction == "ExportImage" {
			t.fact("task.exportIdPrefix", idPrefix(task.TaskId))
		}
	}
	if order := orderOf(created); order != "" {
		t.fact("task.order", order)
	}
}

// supportCancelType notes the JSON type, if the SDK shows it.
func (t *trial) supportCancelType(task Task) {
	switch task.SupportCancel.(type) {
	case bool:
		t.fact("task.supportCancelType", "boolean")
	case rawText:
		t.fact("task.supportCancelType", "string")
	}
}

// rawText is a text that stood in ECS's answer, not one that an SDK made.
type rawText string

// Raw marks the SupportCancel of tasks that were read from ECS's answer itself.
func Raw(tasks []Task) {
	for index, task := range tasks {
		if text, ok := task.SupportCancel.(string); ok {
			tasks[index].SupportCancel = rawText(text)
		}
	}
}

func unfinishedTime(task Task) string {
	switch {
	case task.FinishedTime == nil:
		return "absent"
	case *task.FinishedTime == "":
		return "empty"
	case *task.FinishedTime == task.CreationTime:
		return "creation"
	}
	return *task.FinishedTime
}

func idPrefix(task string) string { return strings.SplitAfter(task, "-")[0] }

// orderOf tells whether times fall or rise, or nothing when they are all the same.
func orderOf(times []string) string {
	falls, rises := false, false
	for index := 1; index < len(times); index++ {
		// Written alike, in UTC: their texts are in the order of the times.
		falls = falls || times[index] < times[index-1]
		rises = rises || times[index] > times[index-1]
	}
	switch {
	case falls && rises:
		return "neither"
	case falls:
		return "newestFirst"
	case rises:
		return "oldestFirst"
	}
	return ""
}

func counts(tasks []Task) string {
	var kinds, parts []string
	by := map[string]int{}
	for _, task := range tasks {
		kind := task.TaskAction + " " + task.TaskStatus
		if by[kind] == 0 {
			kinds = append(kinds, kind)
		}
		by[kind]++
	}
	for _, kind := range kinds {
		parts = append(parts, fmt.Sprintf("%d %s", by[kind], kind))
	}
	return strings.Join(parts, ", ")
}
