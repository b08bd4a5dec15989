package suite

import (
	"fmt"
	"strings"
	"time"
)

// world is what all checks share.
type world struct {
	config      config
	keys        Keys
	connect     Connect
	ecs         ECS
	destination ECS
	ledger      *ledger
	known       *known
}

// known is what one check learns and a later one uses.
type known struct {
	images            []string
	dryRun, cancelled string
}

// trial is one running check: what it may use, and what it has seen so far.
type trial struct {
	*world
	name        string
	interrupted <-chan struct{}
	seen, unmet []string
	facts       map[string]any
}

type line struct {
	Check    string         `json:"check"`
	Outcome  string         `json:"outcome"`
	Seen     string         `json:"seen"`
	Expected string         `json:"expected,omitempty"`
	Facts    map[string]any `json:"facts"`
}

// skipped and stopped end a check by a panic; any other error does too, and is a failure.
type skipped string
type stopped string

func newTrial(name string, world *world, interrupted <-chan struct{}) *trial {
	return &trial{world: world, name: name, interrupted: interrupted, facts: map[string]any{}}
}

func (t *trial) outcome(run func(*trial)) (result line) {
	defer func() {
		result = line{Check: t.name, Outcome: "passed", Facts: t.facts}
		switch reason := recover().(type) {
		case nil:
		case skipped:
			result.Outcome, result.Seen = "skipped", string(reason)
			return
		case stopped:
			t.unmet = append(t.unmet, string(reason))
		default:
			t.unmet = append(t.unmet, fmt.Sprintf("no error, but there was: %v", reason))
		}
		result.Seen, result.Expected = strings.Join(t.seen, "; "), strings.Join(t.unmet, "; ")
		if len(t.unmet) > 0 {
			result.Outcome = "failed"
		}
	}()
	run(t)
	return
}

// outcomeOfCleanup ends and removes what the checks left, whatever became of them.
func (t *trial) outcomeOfCleanup() line {
	if !t.config.Full {
		return skippedLine(t.name, onlyFull)
	}
	return t.outcome(func(t *trial) {
		started := len(t.ledger.entries)
		left := t.ledger.settleAll()
		switch {
		case len(left) > 0:
			t.saw("%s", strings.Join(left, "; "))
		case started > 0:
			t.saw("nothing left of %s, %d settled at the end", t.config.Prefix, started)
		default:
			t.saw("nothing left of %s", t.config.Prefix)
		}
		t.need(len(left) == 0, "nothing left: see to what is named, by hand")
	})
}

func (t *trial) saw(format string, values ...any) {
	t.seen = append(t.seen, fmt.Sprintf(format, values...))
}

func (t *trial) fact(name string, value any) { t.facts[name] = value }

func (t *trial) expect(met bool, format string, values ...any) {
	if !met {
		t.unmet = append(t.unmet, fmt.Sprintf(format, values...))
	}
}

func (t *trial) need(met bool, text string) {
	if !met {
		panic(stopped(text))
	}
}

// until looks until it is done, or says after the deadline that it isn't.
func (t *trial) until(done func() bool) bool {
	end := time.Now().Add(time.Duration(t.config.DeadlineMs) * time.Millisecond)
	for {
		if done() {
			return true
		}
		if time.Now().After(end) {
			return false
		}
		select {
		case <-t.interrupted:
			panic(stopped("to go on, but was interrupted"))
		case <-time.After(time.Duration(t.config.PollMs) * time.Millisecond):
		}
	}
}

func skippedLine(check, why string) line {
	return line{Check: check, Outcome: "skipped", Seen: why, Facts: map[string]any{}}
}

// must ends the check with an error that no step expects.
func must(err error) {
	if err != nil {
		panic(err)
	}
}

func orDie[T any](value T, err error) T {
	must(err)
	return value
}
