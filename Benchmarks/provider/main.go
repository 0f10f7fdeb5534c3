// A stand-in for a language model's HTTP API: OpenAI's streamed chat completions with numbered tokens.
//
// The name of the model says what to send:
//
//	tokens-2000                  2,000 tokens at full speed, each written to the socket by itself
//	tokens-2000-together         the same, written in blocks of about 16 KiB
//	tokens-60-every-1000ms       60 tokens, one each second, on a fixed schedule that does not drift
//	tokens-60-stepped            60 tokens, the first one at once and each other one when somebody asks for GET /step
//	as-asked                     what the request's last message says of these
//
// The tokens are "tok1 ", "tok2 ", … so a reader can prove that each one arrived once and in order. Paced ones say when they
// were sent: "tok1@81234567 ". GET /closings?after=N waits until more than N readers have left before their reply's end, and
// tells when that was noticed.
// The stream ends as OpenAI's does: a chunk with the finish reason, a usage chunk, "data: [DONE]".
// Format: https://platform.openai.com/docs/api-reference/chat/streaming
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"strconv"
	"sync/atomic"
)

// counters lets a benchmark check from outside how often it was really called.
var counters struct {
	requests, tokens, finished, abandoned atomic.Int64
}

func main() {
	listen := flag.String("listen", "127.0.0.1:0", "address to listen on; port 0 takes a free one")
	portFile := flag.String("port-file", "", "write the port here once listening")
	flag.Parse()

	listener, err := net.Listen("tcp", *listen)
	if err != nil {
		log.Fatal(err)
	}
	port := listener.Addr().(*net.TCPAddr).Port
	if *portFile != "" {
		// Written beside and renamed, so that a reader never sees half a number.
		beside := *portFile + ".new"
		if err := os.WriteFile(beside, []byte(strconv.Itoa(port)+"\n"), 0o644); err != nil {
			log.Fatal(err)
		}
		if err := os.Rename(beside, *portFile); err != nil {
			log.Fatal(err)
		}
	}
	http.HandleFunc("/v1/chat/completions", complete)
	http.HandleFunc("/v1/models", models)
	http.HandleFunc("/stats", stats)
	http.HandleFunc("/step", func(http.ResponseWriter, *http.Request) { steps <- struct{}{} })
	http.HandleFunc("/closings", left.serve)
	log.Fatal(http.Serve(listener, nil))
}

type request struct {
	Model         string `json:"model"`
	Stream        bool   `json:"stream"`
	StreamOptions struct {
		IncludeUsage bool `json:"include_usage"`
	} `json:"stream_options"`
}

func complete(w http.ResponseWriter, r *http.Request) {
	var wanted request
	body, err := io.ReadAll(io.LimitReader(r.Body, 8<<20))
	if err == nil {
		err = json.Unmarshal(body, &wanted)
	}
	if err != nil {
		refuse(w, http.StatusBadRequest, err.Error())
		return
	}
	script, err := parseScript(wanted.Model)
	if wanted.Model == "as-asked" {
		script, err = scriptIn(body)
	}
	if err != nil {
		refuse(w, http.StatusNotFound, err.Error())
		return
	}
	counters.requests.Add(1)
	if !wanted.Stream {
		answerWhole(w, wanted.Model, script)
		return
	}
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-cache")
	// Lets the control measurement go through the same nginx unbuffered.
	w.Header().Set("X-Accel-Buffering", "no")
	if play(w, r.Context(), wanted, script) {
		counters.finished.Add(1)
	} else {
		left.add()
		counters.abandoned.Add(1)
	}
}

func answerWhole(w http.ResponseWriter, model string, s script) {
	var text []byte
	for n := 1; n <= s.tokens; n++ {
		text = append(text, "tok"...)
		text = strconv.AppendInt(text, int64(n), 10)
		text = append(text, ' ')
	}
	counters.tokens.Add(int64(s.tokens))
	w.Header().Set("Content-Type", "application/json")
	fmt.Fprintf(w, `{"id":"chatcmpl-b1","object":"chat.completion","created":1700000000,"model":%q,"choices":`+
		`[{"index":0,"message":{"role":"assistant","content":%q},"finish_reason":"stop"}],"usage":`+
		`{"prompt_tokens":8,"completion_tokens":%d,"total_tokens":%d}}`, model, text, s.tokens, s.tokens+8)
}

func models(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	fmt.Fprint(w, `{"object":"list","data":[{"id":"tokens-2000","object":"model","created":1700000000,"owned_by":"bench"}]}`)
}

func stats(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	fmt.Fprintf(w, `{"requests":%d,"tokens":%d,"finished":%d,"abandoned":%d}`+"\n",
		counters.requests.Load(), counters.tokens.Load(), counters.finished.Load(), counters.abandoned.Load())
}

func refuse(w http.ResponseWriter, status int, message string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	fmt.Fprintf(w, `{"error":{"message":%q,"type":"invalid_request_error","param":null,"code":null}}`, message)
}
