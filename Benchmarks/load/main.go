// A load client for server-sent event streams: opens many, checks every event of each, and measures how late events
// are and what the watched processes spend on them. One thread and epoll, so that 10,000 streams cost it little of
// the machine it shares with what it measures.
//
// It prints one JSON object (see result.go) and exits 0 when the measurement took place, whatever it found; the
// report tool and run.sh judge the figures.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"os"
	"runtime"
	"strings"
	"time"
)

// options is one measurement as the command line asks for it.
type options struct {
	label        string
	round        int
	mode         string
	method       string
	messages     int
	provider     string
	addresses    []string
	path         string
	body         string
	streams      int
	rate         float64
	opening      int
	concurrent   int
	pace         time.Duration
	settle       time.Duration
	window       time.Duration
	deadline     time.Duration
	drain        bool
	tokens       int
	guests       int
	watched      []watched
	clockStarted time.Time
}

type repeated []string

func (r *repeated) String() string     { return strings.Join(*r, ",") }
func (r *repeated) Set(s string) error { *r = append(*r, s); return nil }

func main() {
	log.SetFlags(0)
	log.SetPrefix("load: ")
	var o options
	var watch repeated
	flag.StringVar(&o.mode, "mode", "streams", "streams; repeat: the same request over and over; leave or stop: until the provider is left")
	flag.StringVar(&o.method, "method", "POST", "with -mode repeat: the request's method")
	flag.IntVar(&o.messages, "messages", 0, "with -mode repeat: messages that each answer must have")
	flag.StringVar(&o.provider, "provider", "", "with -mode leave and stop: HOST:PORT of the stand-in provider")
	tokenFile := flag.String("token-file", "", "keep the guests' tokens there, and take them from there")
	addresses := flag.String("addresses", "", "where to connect: HOST:PORT or unix:PATH, comma separated, used in turn")
	flag.StringVar(&o.label, "label", "run", "name of the run in the result")
	flag.IntVar(&o.round, "round", 0, "number of the round, so that ratios are taken within it")
	flag.StringVar(&o.path, "path", "/api/v1/chat/stream", "path to POST to")
	flag.StringVar(&o.body, "body", `{"message":"hello"}`, "JSON body to POST")
	flag.IntVar(&o.streams, "streams", 10, "streams to open")
	flag.Float64Var(&o.rate, "rate", 500, "streams to open a second, at most")
	flag.IntVar(&o.opening, "opening", 64, "streams that may wait for their first event at once")
	flag.IntVar(&o.concurrent, "concurrent", 1<<30, "streams that may be open at once")
	flag.DurationVar(&o.pace, "pace", 0, "time between two tokens of a stream; 0: full speed, no lateness is measured")
	flag.DurationVar(&o.settle, "settle", 3*time.Second, "wait between the last opening and the window; with -drain: between the last end and the last sample")
	flag.DurationVar(&o.window, "window", 30*time.Second, "length of the steady window")
	flag.DurationVar(&o.deadline, "deadline", 5*time.Minute, "give up after this long")
	flag.BoolVar(&o.drain, "drain", false, "no window: run until every stream has ended")
	flag.IntVar(&o.tokens, "tokens", 0, "numbered tokens (tok1, tok2, …) that each stream must bring; 0: unnumbered text")
	flag.IntVar(&o.guests, "guests", 0, "guest users to sign in first and share the streams among; 0: no sign-in")
	flag.Var(&watch, "watch", "NAME=PID of a process to measure with its children; may be repeated")
	flag.Parse()
	if *addresses == "" || o.streams < 1 {
		flag.Usage()
		os.Exit(64)
	}
	o.addresses = strings.Split(*addresses, ",")
	for _, w := range watch {
		parsed, err := parseWatched(w)
		if err != nil {
			log.Fatal(err)
		}
		o.watched = append(o.watched, parsed)
	}

	tokens, err := guestTokens(o.addresses[0], o.guests, *tokenFile)
	if err != nil {
		log.Fatal(err)
	}
	found, err := measure(o, tokens)
	if err != nil {
		log.Fatal(err)
	}
	out, err := json.Marshal(found)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(string(out))
}

func measure(o options, tokens []string) (result, error) {
	runtime.LockOSThread()
	o.clockStarted = time.Now()
	switch o.mode {
	case "repeat":
		return repeatRequests(o, tokens)
	case "leave", "stop":
		return measureLeaving(o, tokens)
	}
	r, err := newRun(o, tokens)
	if err != nil {
		return result{}, err
	}
	if err := r.loop(); err != nil {
		return result{}, err
	}
	return r.result(), nil
}
