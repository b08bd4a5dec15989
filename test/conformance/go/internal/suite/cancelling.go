package suite

import (
	"strings"
	"time"
)

const listPage = 100

// watch returns the task in a DescribeTasks by its id, or nil.
func (t *trial) watch(id string) *Task {
	for _, task := range orDie(t.ecs.DescribeTasks(TaskQuery{IDs: []string{id}})).TaskSet.Task {
		if task.TaskId == id {
			return &task
		}
	}
	return nil
}

// statuses are the statuses of a task in their order, each change once.
type statuses []string

func (s *statuses) note(task *Task) string {
	status := "notFound"
	if task != nil {
		status = task.TaskStatus
	}
	if len(*s) == 0 || (*s)[len(*s)-1] != status {
		*s = append(*s, status)
	}
	return status
}

// cancelAndWatch cancels a task twice and watches until it has ended; false if it had ended before the first cancellation.
func (t *trial) cancelAndWatch(id string) bool {
	var seen statuses
	if !t.acceptedCancel(id, &seen) {
		return false
	}
	since := time.Now()
	again := Refusal(t.ecs.CancelTask(id))
	t.saw("second cancel: %s", text(again))
	if again == nil {
		t.fact("cancel.second", "ok")
	} else {
		t.fact("cancel.second", strings.TrimPrefix(again.Code, "InvalidTaskId."))
	}
	var task *Task
	ended := t.until(func() bool {
		task = t.watch(id)
		return !taskUnderWay(seen.note(task))
	})
	t.saw("task: %s", strings.Join(seen, ", "))
	t.need(ended, "the task to end after CancelTask")
	t.fact("afterCancel.task", seen[len(seen)-1])
	t.fact("afterCancel.delay", time.Since(since).Milliseconds())
	t.lookBack(id, task)
	return true
}

// acceptedCancel cancels a task. ECS may refuse to cancel a waiting task; then it waits until the task is processed.
func (t *trial) acceptedCancel(id string, seen *statuses) bool {
	var outcome string
	done := t.until(func() bool {
		status := seen.note(t.watch(id))
		if !taskUnderWay(status) {
			outcome = status
			return true
		}
		refused := Refusal(t.ecs.CancelTask(id))
		outcome = text(refused)
		outOfTurn := refused != nil && refused.Code == "InvalidTaskId.IncorrectTaskStatus"
		if status == "Waiting" && (refused == nil || outOfTurn) {
			t.fact("cancel.waiting", refused == nil)
		}
		return !outOfTurn && (refused == nil || refused.Code != "CancelTaskFailed")
	})
	t.saw("CancelTask: %s", outcome)
	t.need(done && (outcome == "accepted" || outcome == "Finished"), "CancelTask accepted")
	return outcome == "accepted"
}

// lookBack notes what ECS shows of a cancelled task afterwards.
func (t *trial) lookBack(id string, task *Task) {
	attribute, err := t.ecs.DescribeTaskAttribute(id)
	if refused := Refusal(err); refused != nil {
		t.saw("DescribeTaskAttribute: %s", refused.Text())
	} else {
		t.saw("DescribeTaskAttribute: %s %s", attribute.TaskStatus, attribute.TaskProcess)
	}
	if task == nil {
		return
	}
	if isTrue(task.SupportCancel) {
		t.fact("task.supportCancel", "kind")
	} else {
		t.fact("task.supportCancel", "moment")
	}
	if listed, told := t.isListed(id, task.TaskAction); told {
		t.fact("task.listCancelled", listed)
	}
}

// isListed returns whether a list without ids contains the task, if the list is short enough to know.
func (t *trial) isListed(id, action string) (listed, told bool) {
	for page := 1; page <= maxPages; page++ {
		answer := orDie(t.ecs.DescribeTasks(TaskQuery{Action: action, Page: page, Size: listPage}))
		for _, task := range answer.TaskSet.Task {
			if task.TaskId == id {
				return true, true
			}
		}
		if page*listPage >= answer.TotalCount {
			return false, true
		}
	}
	return false, false
}

func isTrue(supportCancel any) bool {
	switch value := supportCancel.(type) {
	case bool:
		return value
	case string:
		return value == "true"
	case rawText:
		return value == "true"
	}
	return false
}
