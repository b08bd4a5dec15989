// Package suite makes the conformance checks through any client of ECS.
package suite

import (
	"encoding/json"
	"fmt"
	"os"
	"os/signal"
	"syscall"
)

type config struct {
	Endpoint, Protocol, Region, Prefix, Bucket, Object, Image string
	DestinationRegion, DestinationEndpoint                    string
	Full                                                      bool
	PollMs, DeadlineMs, CleanupMs                             int
}

type check struct {
	name string
	// full checks start tasks or may change something.
	full bool
	run  func(*trial)
}

// Main runs the checks one after the other and prints a JSON line for each: {check, outcome, seen, expected?, facts}. Settings come as JSON in
// CONFORMANCE, the key in ALIBABA_CLOUD_*. An interrupt ends the check that runs and skips the others, except for the cleaning up, which runs
// whatever happened.
func Main(connect Connect) {
	var config config
	must(json.Unmarshal([]byte(os.Getenv("CONFORMANCE")), &config))
	keys := Keys{
		os.Getenv("ALIBABA_CLOUD_ACCESS_KEY_ID"),
		os.Getenv("ALIBABA_CLOUD_ACCESS_KEY_SECRET"),
		os.Getenv("ALIBABA_CLOUD_SECURITY_TOKEN"),
	}
	interrupted := interrupts()
	ecs, err := connect(config.Protocol, config.Endpoint, config.Region, keys)
	must(err)
	var destination ECS
	if config.DestinationRegion != "" {
		destination, err = connect(config.Protocol, config.DestinationEndpoint, config.DestinationRegion, keys)
		must(err)
	}
	world := &world{config, keys, connect, ecs, destination, newLedger(ecs, destination, config), &known{}}
	for _, check := range checks() {
		emit(outcome(check, world, interrupted))
	}
	emit(newTrial("cleanup", world, nil).outcomeOfCleanup())
	if isClosed(interrupted) {
		os.Exit(130)
	}
}

func checks() []check {
	return append(append(readingChecks(), refusingChecks()...), runningChecks()...)
}

func outcome(check check, world *world, interrupted <-chan struct{}) line {
	switch {
	case check.full && !world.config.Full:
		return skippedLine(check.name, onlyFull)
	case isClosed(interrupted):
		return skippedLine(check.name, "interrupted")
	}
	return newTrial(check.name, world, interrupted).outcome(check.run)
}

const onlyFull = "starts tasks or may change something: only with --full"

// interrupts gives a channel that a first signal closes; a second one ends the process.
func interrupts() <-chan struct{} {
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	interrupted := make(chan struct{})
	go func() {
		<-signals
		close(interrupted)
		<-signals
		os.Exit(130)
	}()
	return interrupted
}

func emit(line line) {
	text, err := json.Marshal(line)
	must(err)
	fmt.Println(string(text))
}

func isClosed(channel <-chan struct{}) bool {
	select {
	case <-channel:
		return true
	default:
		return false
	}
}
