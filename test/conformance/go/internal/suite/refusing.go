package suite

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"strings"
)

const (
	unknownTaskID  = "t-bp1conformance0none00"
	unknownImageID = "m-bp1conformance0none00"
)

// refusingChecks look at what ECS refuses. Those that are not full are reading calls.
func refusingChecks() []check {
	return []check{
		{"unknown-task", false, unknownTask},
		{"unknown-image", false, unknownImage},
		{"unknown-region", false, unknownRegion},
		{"missing-parameter", false, missingParameter},
		{"dry-run", false, dryRun},
		{"wrong-signature", false, wrongSignature},
		{"unknown-key", false, unknownKey},
		{"import-dry-run", true, importDryRun},
		{"import-errors", true, importErrors},
		{"cancel-unknown-task", true, cancelUnknownTask},
		{"delete-unknown-image", true, deleteUnknownImage},
	}
}

func unknownTask(t *trial) {
	tasks, err := t.ecs.DescribeTasks(TaskQuery{IDs: []string{unknownTaskID}})
	if refused := Refusal(err); refused != nil {
		t.saw("DescribeTasks: %s", refused.Text())
		t.fact("tasks.unknownId", refused.Text())
	} else {
		t.saw("DescribeTasks: %d tasks", tasks.TotalCount)
		t.fact("tasks.unknownId", ifNone(tasks.TotalCount, "left out", "tasks"))
	}
	_, err = t.ecs.DescribeTaskAttribute(unknownTaskID)
	seen := text(Refusal(err))
	t.saw("DescribeTaskAttribute: %s", seen)
	t.expect(seen == "400 InvalidTaskId.NotFound", "DescribeTaskAttribute: 400 InvalidTaskId.NotFound")
}

func unknownImage(t *trial) {
	images, err := t.ecs.DescribeImages(ImageQuery{IDs: []string{unknownImageID}, Status: EveryStatus})
	seen := ifNone(images.TotalCount, "empty list", "images")
	if refused := Refusal(err); refused != nil {
		seen = refused.Text()
	}
	t.saw("%s", seen)
	t.fact("images.unknownId", seen)
}

func unknownRegion(t *trial) {
	_, err := t.ecs.DescribeTasks(TaskQuery{Region: "cn-nowhere"})
	t.expectRefusal(err, "400 InvalidRegionId.NotFound")
}

func missingParameter(t *trial) {
	_, err := t.ecs.DescribeTaskAttribute("")
	t.expectRefusal(err, "400 MissingParameter")
}

func dryRun(t *trial) {
	_, err := t.ecs.DescribeImages(ImageQuery{DryRun: true})
	t.known.dryRun = text(Refusal(err))
	t.saw("DescribeImages: %s", t.known.dryRun)
	t.fact("images.dryRun", t.known.dryRun)
}

func wrongSignature(t *trial) {
	t.signedBy("errors.wrongSecret", Keys{t.keys.ID, randomSecret(), t.keys.Token})
}

func unknownKey(t *trial) {
	t.signedBy("errors.unknownKey", Keys{"LTAI5tConformanceUnknown", randomSecret(), ""})
}

func (t *trial) signedBy(fact string, keys Keys) {
	stranger := orDie(t.connect(t.config.Protocol, t.config.Endpoint, t.config.Region, keys))
	_, err := stranger.DescribeTasks(TaskQuery{})
	seen := text(Refusal(err))
	t.saw("%s", seen)
	t.fact(fact, seen)
}

func importDryRun(t *trial) {
	request := Import{Name: t.config.Prefix + "-dry-run", Bucket: t.config.Bucket, Object: t.config.Object, DryRun: true}
	refused := t.refusedImport(request)
	t.saw("ImportImage: %s", text(refused))
	t.roleCode(refused)
	known := refused != nil && (refused.Code == "DRYRUN.SUCCESS" || refused.Code == "DryRunOperation")
	t.expect(known, "400 DRYRUN.SUCCESS or DryRunOperation")
	if !known {
		return
	}
	if refused.Code == "DRYRUN.SUCCESS" && t.known.dryRun == "400 DryRunOperation" {
		t.fact("request.dryRunCode", "perAction")
	} else {
		t.fact("request.dryRunCode", refused.Code)
	}
}

func importErrors(t *trial) {
	cases := []struct {
		what    string
		request Import
		want    string
	}{
		{"without OSSObject", Import{Name: t.config.Prefix + "-errors", Bucket: t.config.Bucket}, "400 MissingParameter"},
		{"name acs:x", Import{Name: "acs:x", Bucket: t.config.Bucket, Object: t.config.Object}, "400 InvalidImageName.Malformed"},
	}
	for _, each := range cases {
		seen := text(t.refusedImport(each.request))
		t.saw("%s: %s", each.what, seen)
		t.expect(seen == each.want, "%s: %s", each.what, each.want)
	}
}

// refusedImport makes an import that is to be refused, and ends it if it isn't.
func (t *trial) refusedImport(request Import) *Refused {
	entry := &entry{kind: "import", name: request.Name}
	refused := Refusal(t.startImport(entry, request))
	if refused == nil {
		must(t.ledger.settle(entry))
	}
	return refused
}

func cancelUnknownTask(t *trial) {
	refused := Refusal(t.ecs.CancelTask(unknownTaskID))
	t.saw("%s", text(refused))
	known := refused != nil && refused.Code == "InvalidTaskId.NotFound"
	t.expect(known, "InvalidTaskId.NotFound")
	if known {
		t.fact("cancel.notFoundStatus", refused.Status)
	}
}

func deleteUnknownImage(t *trial) {
	refused := Refusal(t.ecs.DeleteImage(unknownImageID))
	t.saw("%s", text(refused))
	t.expect(refused == nil || refused.Text() == "404 InvalidImageId.NotFound", "accepted or 404 InvalidImageId.NotFound")
	if refused == nil {
		t.fact("image.deleteUnknown", "ok")
	} else {
		t.fact("image.deleteUnknown", "error")
	}
}

func (t *trial) expectRefusal(err error, want string) {
	seen := text(Refusal(err))
	t.saw("%s", seen)
	t.expect(seen == want, "%s", want)
}

// roleCode: a role that is missing is a matter of the account; how ECS spells it is a thing to learn.
func (t *trial) roleCode(refused *Refused) {
	if refused != nil && strings.HasPrefix(refused.Code, "NoSetRoletoECSServiceAc") {
		t.fact("request.roleCode", refused.Code)
	}
}

func ifNone(count int, none, of string) string {
	if count == 0 {
		return none
	}
	return fmt.Sprintf("%d %s", count, of)
}

func randomSecret() string {
	bytes := make([]byte, 15)
	must(second(rand.Read(bytes)))
	return hex.EncodeToString(bytes)
}

func second(_ int, err error) error { return err }
