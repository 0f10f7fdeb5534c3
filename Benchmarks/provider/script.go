package main

import (
	"context"
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"time"
)

// script is what one reply will be: how many tokens, how fast, and how they meet the socket.
type script struct {
	tokens   int
	every    time.Duration // 0: full speed
	together bool          // true: blocks of about 16 KiB; false: one write a token
	stepped  bool          // each token but the first waits for a step
}

var scriptPattern = regexp.MustCompile(`^tokens-(\d{1,7})(?:-every-(\d{1,6})ms|(-together)|(-stepped))?$`)

// steps lets one token out each.
var steps = make(chan struct{})

func parseScript(model string) (script, error) {
	found := scriptPattern.FindStringSubmatch(model)
	if found == nil {
		return script{}, fmt.Errorf("model %q: want tokens-N, tokens-N-together tokens-N-every-Mms or tokens-N-stepped", model)
	}
	s := script{together: found[3] != "", stepped: found[4] != ""}
	s.tokens, _ = strconv.Atoi(found[1])
	if found[2] != "" {
		milliseconds, _ := strconv.Atoi(found[2])
		s.every = time.Duration(milliseconds) * time.Millisecond
	}
	return s, nil
}

var scriptSomewhere = regexp.MustCompile(`tokens-\d{1,7}(?:-every-\d{1,6}ms|-together|-stepped)?`)

// scriptIn is the last script that a text names.
func scriptIn(text []byte) (script, error) {
	found := scriptSomewhere.FindAll(text, -1)
	if len(found) == 0 {
		return script{}, fmt.Errorf("no message says which tokens to send")
	}
	return parseScript(string(found[len(found)-1]))
}

// blockBytes is how much "together" collects before it writes.
const blockBytes = 16 << 10

// appendStamp says when a token was sent, in microseconds of the machine's monotonic clock, so that the load client on the same
// machine can tell how long it was under way.
func appendStamp(block []byte) []byte {
	return strconv.AppendInt(append(block, '@'), monotonicMicroseconds(), 10)
}

// play sends the reply; false when the reader left before its end.
func play(w http.ResponseWriter, gone context.Context, wanted request, s script) bool {
	flusher := w.(http.Flusher)
	before := `data: {"id":"chatcmpl-b1","object":"chat.completion.chunk","created":1700000000,"model":"` + wanted.Model +
		`","system_fingerprint":"fp_b1","choices":[`
	token := before + `{"index":0,"delta":{"content":"tok`
	const tail = ` "},"logprobs":null,"finish_reason":null}]}` + "\n\n"

	block := make([]byte, 0, 512)
	if s.together {
		block = make([]byte, 0, blockBytes+512)
	}
	send := func() bool {
		_, err := w.Write(block)
		block = block[:0]
		flusher.Flush()
		return err == nil
	}

	block = append(block, before...)
	block = append(block, `{"index":0,"delta":{"role":"assistant","content":""},"logprobs":null,"finish_reason":null}]}`+"\n\n"...)
	if !s.together && !send() {
		return false
	}
	start := time.Now()
	var timer *time.Timer
	for n := 1; n <= s.tokens; n++ {
		if s.every > 0 && n > 1 {
			// Each token's time is counted from the start, so lateness does not add up.
			wait := time.Until(start.Add(time.Duration(n-1) * s.every))
			if timer == nil {
				timer = time.NewTimer(wait)
				defer timer.Stop()
			} else {
				timer.Reset(wait)
			}
			select {
			case <-timer.C:
			case <-gone.Done():
				return false
			}
		}
		if s.stepped && n > 1 {
			select {
			case <-steps:
			case <-gone.Done():
				return false
			}
		}
		block = append(block, token...)
		block = strconv.AppendInt(block, int64(n), 10)
		if s.every > 0 {
			block = appendStamp(block)
		}
		block = append(block, tail...)
		counters.tokens.Add(1)
		if (!s.together || len(block) >= blockBytes) && !send() {
			return false
		}
	}
	block = append(block, before...)
	block = append(block, `{"index":0,"delta":{},"logprobs":null,"finish_reason":"stop"}]}`+"\n\n"...)
	if wanted.StreamOptions.IncludeUsage {
		block = append(block, before...)
		block = append(block, fmt.Sprintf(`],"usage":{"prompt_tokens":8,"completion_tokens":%d,"total_tokens":%d}}`+"\n\n",
			s.tokens, s.tokens+8)...)
	}
	block = append(block, "data: [DONE]\n\n"...)
	return send()
}
