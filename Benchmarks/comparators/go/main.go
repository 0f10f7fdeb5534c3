// The same relay in Go with net/http/fcgi and the standard library: a chat request in, the provider's tokens out as
// numbered server-sent events. It knows no users and cannot resume. With BENCH_STORE, a SQLite file,
// it keeps questions and replies there, else nothing. With BENCH_HISTORY (a page of a conversation, JSON) it
// puts that into BENCH_DATABASE, a SQLite file, and serves it from there.
//
// Environment: BENCH_SOCKET (unix socket to serve FastCGI on), BENCH_PROVIDER (base URL), BENCH_MODEL,
// BENCH_FLUSH ("each": flush every event; "drained": flush when nothing more of the provider is waiting in memory).
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/fcgi"
	"os"
	"strings"
)

// store keeps what is asked and answered.
type store interface {
	begin(question string) (reply int64, err error)
	finish(reply int64, text, status string) error
}

type relay struct {
	store        store // nil: nothing is kept
	client       *http.Client
	url, model   string
	flushDrained bool
}

type chatRequest struct {
	Message string `json:"message"`
}

type message struct {
	Role    string `json:"role"`
	Content string `json:"content"`
}

type completionRequest struct {
	Model         string    `json:"model"`
	Stream        bool      `json:"stream"`
	StreamOptions any       `json:"stream_options"`
	Messages      []message `json:"messages"`
}

type completionChunk struct {
	Choices []struct {
		Delta struct {
			Content string `json:"content"`
		} `json:"delta"`
		FinishReason *string `json:"finish_reason"`
	} `json:"choices"`
	Usage json.RawMessage `json:"usage"`
}

type contentChunk struct {
	Type      string `json:"type"`
	MessageID string `json:"message_id"`
	Content   string `json:"content"`
	IsFinal   bool   `json:"is_final"`
}

type received struct {
	Type      string `json:"type"`
	MessageID string `json:"message_id"`
	ReplyID   string `json:"reply_id"`
}

type completed struct {
	Type         string          `json:"type"`
	MessageID    string          `json:"message_id"`
	Status       string          `json:"status"`
	FinishReason string          `json:"finish_reason"`
	Usage        json.RawMessage `json:"usage"`
}

type failed struct {
	Type      string `json:"type"`
	MessageID string `json:"message_id"`
	Code      string `json:"code"`
	Message   string `json:"message"`
}

func main() {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = 1000
	handler := relay{
		client:       &http.Client{Transport: transport},
		url:          os.Getenv("BENCH_PROVIDER") + "/chat/completions",
		model:        os.Getenv("BENCH_MODEL"),
		flushDrained: os.Getenv("BENCH_FLUSH") == "drained",
	}
	listener, err := net.Listen("unix", os.Getenv("BENCH_SOCKET"))
	if err != nil {
		log.Fatal(err)
	}
	if database := os.Getenv("BENCH_STORE"); database != "" {
		handler.store = newStore(database)
	}
	routes := http.NewServeMux()
	routes.Handle("/", handler)
	if page := os.Getenv("BENCH_HISTORY"); page != "" {
		routes.Handle("/api/v1/chat/history", newHistory(page, os.Getenv("BENCH_DATABASE")))
	}
	log.Fatal(fcgi.Serve(listener, routes))
}

func (h relay) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var chat chatRequest
	if err := json.NewDecoder(io.LimitReader(r.Body, 1<<20)).Decode(&chat); err != nil || chat.Message == "" {
		http.Error(w, "want a message", http.StatusBadRequest)
		return
	}
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-cache, no-transform")
	w.Header().Set("X-Accel-Buffering", "no")
	out := events{w: w}
	var reply int64
	if h.store != nil {
		var err error
		if reply, err = h.store.begin(chat.Message); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		out.text = &strings.Builder{}
	}
	out.send(received{"user_message_received", "msg_A", "msg_B"})
	out.flush()
	finish, usage, err := h.relay(r, chat.Message, &out)
	status := "complete"
	if err != nil {
		status = "failed"
	}
	if h.store != nil {
		if stored := h.store.finish(reply, out.text.String(), status); err == nil {
			err = stored
		}
	}
	if err != nil {
		out.send(failed{"error", "msg_B", "provider_failed", err.Error()})
	} else {
		out.send(contentChunk{"content_chunk", "msg_B", "", true})
		out.send(completed{"complete", "msg_B", "complete", finish, usage})
	}
	out.flush()
}

func (h relay) relay(r *http.Request, text string, out *events) (finish string, usage json.RawMessage, err error) {
	body, err := json.Marshal(completionRequest{h.model, true, map[string]bool{"include_usage": true},
		[]message{{"user", text}}})
	if err != nil {
		return "", nil, err
	}
	request, err := http.NewRequestWithContext(r.Context(), "POST", h.url, bytes.NewReader(body))
	if err != nil {
		return "", nil, err
	}
	request.Header.Set("Content-Type", "application/json")
	response, err := h.client.Do(request)
	if err != nil {
		return "", nil, err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return "", nil, fmt.Errorf("status %d", response.StatusCode)
	}
	reader := bufio.NewReaderSize(response.Body, 8192)
	usage = json.RawMessage("null")
	for {
		line, err := reader.ReadSlice('\n')
		if err != nil {
			return "", nil, fmt.Errorf("the provider's stream broke off: %w", err)
		}
		data := bytes.TrimSpace(bytes.TrimPrefix(line, []byte("data:")))
		if len(data) == 0 || len(data) == len(line) {
			continue
		}
		if string(data) == "[DONE]" {
			break
		}
		var chunk completionChunk
		if err := json.Unmarshal(data, &chunk); err != nil {
			return "", nil, err
		}
		if chunk.Usage != nil {
			usage = chunk.Usage
		}
		if len(chunk.Choices) == 0 {
			continue
		}
		if chunk.Choices[0].FinishReason != nil {
			finish = *chunk.Choices[0].FinishReason
		}
		if content := chunk.Choices[0].Delta.Content; content != "" {
			out.send(contentChunk{"content_chunk", "msg_B", content, false})
			if out.text != nil {
				out.text.WriteString(content)
			}
			if !h.flushDrained || reader.Buffered() < 3 {
				out.flush()
			}
			// net/http/fcgi does not cancel the request when its connection is closed: only a write tells.
			if _, err := out.w.Write(nil); err != nil {
				return "", nil, err
			}
		}
	}
	return finish, usage, nil
}

// events numbers and writes server-sent events.
type events struct {
	w    http.ResponseWriter
	id   int
	text *strings.Builder // what was sent, where it is to be kept
}

func (e *events) send(event any) {
	data, err := json.Marshal(event)
	if err != nil {
		log.Print(err)
		return
	}
	e.id++
	fmt.Fprintf(e.w, "id: %d\ndata: %s\n\n", e.id, data)
}

func (e *events) flush() { e.w.(http.Flusher).Flush() }
