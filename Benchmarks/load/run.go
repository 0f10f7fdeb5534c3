package main

import (
	"fmt"
	"net"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// stage is how far the whole measurement has come.
type stage uint8

const (
	opening  stage = iota
	settling       // all are open, or all have ended and what the program still has to write is waited for
	steady         // the window
	finished
)

// run is one measurement: its streams, its stage and what was sampled.
type run struct {
	options      options
	targets      []syscall.Sockaddr
	families     []int
	requests     [][]byte
	epoll        int
	streams      []stream
	opened       int
	waiting      int // opened and without a first event
	live         int // opened and not closed
	stage        stage
	stageEnds    int64
	inWindow     bool
	windowEvents int64
	windowStart  int64
	windowEnd    int64
	openAtEnd    int
	stalled      int
	watch        *watch
	before       map[string]sample
	sent         []int64 // when the tokens of the event in hand were sent
	underWay     []int64 // how long each token took from the provider to here, microseconds
	clockZero    int64   // what CLOCK_MONOTONIC said at the run's zero, nanoseconds
	atPeak       map[string]sample
	atStart      map[string]sample
	atEnd        map[string]sample
	ended        int64
	buffer       []byte
	timedOut     bool
}

func newRun(o options, guestTokens []string) (*run, error) {
	r := &run{options: o, streams: make([]stream, o.streams), buffer: make([]byte, 256<<10)}
	for _, address := range o.addresses {
		target, family, err := resolve(address)
		if err != nil {
			return nil, err
		}
		r.targets, r.families = append(r.targets, target), append(r.families, family)
	}
	if len(guestTokens) == 0 {
		guestTokens = []string{""}
	}
	for _, token := range guestTokens {
		authorization := ""
		if token != "" {
			authorization = "Authorization: Bearer " + token + "\r\n"
		}
		r.requests = append(r.requests, []byte(fmt.Sprintf("POST %s HTTP/1.1\r\nHost: bench\r\n"+
			"Content-Type: application/json\r\nAccept: text/event-stream\r\n%sContent-Length: %d\r\n"+
			"Connection: close\r\n\r\n%s", o.path, authorization, len(o.body), o.body)))
	}
	var err error
	r.epoll, err = syscall.EpollCreate1(syscall.EPOLL_CLOEXEC)
	return r, err
}

func resolve(address string) (syscall.Sockaddr, int, error) {
	if path := strings.TrimPrefix(address, "unix:"); path != address {
		return &syscall.SockaddrUnix{Name: path}, syscall.AF_UNIX, nil
	}
	host, portText, err := net.SplitHostPort(address)
	if err != nil {
		return nil, 0, err
	}
	ip := net.ParseIP(host).To4()
	port, err := strconv.Atoi(portText)
	if ip == nil || err != nil {
		return nil, 0, fmt.Errorf("address %q: want an IPv4 address and a port", address)
	}
	target := &syscall.SockaddrInet4{Port: port}
	copy(target.Addr[:], ip)
	return target, syscall.AF_INET, nil
}

func (r *run) now() int64 { return int64(time.Since(r.options.clockStarted)) + 1 }

// loop runs the measurement to its end on one thread.
func (r *run) loop() error {
	r.watch = newWatch(r.options.watched)
	r.before = r.watch.readAll()
	// CPU from here to the last event is what a run without a window reports.
	r.options.clockStarted = time.Now()
	r.clockZero = monotonicNanoseconds()
	events := make([]syscall.EpollEvent, 512)
	for r.stage != finished {
		now := r.now()
		if err := r.openDue(now); err != nil {
			return err
		}
		r.advance(now)
		if r.stage == finished {
			break
		}
		n, err := syscall.EpollWait(r.epoll, events, r.timeout(now))
		if err == syscall.EINTR {
			continue
		}
		if err != nil {
			return err
		}
		// One clock reading a batch: an upper bound of when each of its events arrived.
		now = r.now()
		for _, e := range events[:n] {
			r.ready(int(e.Fd), e.Events, now)
		}
	}
	if r.ended == 0 {
		r.ended = r.now()
	}
	for i := range r.streams {
		if s := &r.streams[i]; s.openedAt != 0 && s.phase != closed {
			s.heldToEnd = true
			s.close()
		}
	}
	return nil
}

func (r *run) timeout(now int64) int {
	if r.opened < r.options.streams {
		return 1
	}
	milliseconds := 20
	if r.stageEnds > 0 {
		if left := int((r.stageEnds - now) / 1e6); left < milliseconds {
			milliseconds = left
		}
	}
	if milliseconds < 0 {
		milliseconds = 0
	}
	return milliseconds
}

// advance moves to the next stage when its time has come.
func (r *run) advance(now int64) {
	if now > int64(r.options.deadline) {
		r.timedOut = true
		r.finish(now)
		return
	}
	allOpen := r.opened == r.options.streams && r.waiting == 0
	if r.options.drain {
		if r.atPeak == nil && allOpen && r.live == r.opened {
			r.atPeak = r.watch.readResident()
		}
		switch {
		case r.stage == opening && r.opened == r.options.streams && r.live == 0:
			r.ended = now
			r.stage, r.stageEnds = settling, now+int64(r.options.settle)
		case r.stage == settling && now >= r.stageEnds:
			r.finish(now)
		}
		return
	}
	switch {
	case r.stage == opening && allOpen:
		r.stage, r.stageEnds = settling, now+int64(r.options.settle)
	case r.stage == settling && now >= r.stageEnds:
		r.atStart = r.watch.readCPU() // takes microseconds, so that it makes nothing late
		r.windowStart = r.now()
		r.stage, r.stageEnds, r.inWindow = steady, r.windowStart+int64(r.options.window), true
	case r.stage == steady && now >= r.stageEnds:
		r.finish(now)
	}
}

func (r *run) finish(now int64) {
	r.stage, r.inWindow = finished, false
	r.windowEnd = now
	r.atEnd = r.watch.readAll()
	r.openAtEnd = r.live
	for i := range r.streams {
		s := &r.streams[i]
		// Two paces without an event and no end: an event that will never come leaves no gap in the ids.
		if s.phase == readingBody && r.options.pace > 0 && now-s.lastEvent > 2*int64(r.options.pace) {
			r.stalled++
		}
	}
}
