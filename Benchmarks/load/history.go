package main

import (
	"bytes"
	"fmt"
	"strconv"
	"syscall"
	"time"
)

// requests is what a run of one request after another on each of some connections found.
type requests struct {
	Connections int          `json:"connections"`
	Succeeded   int          `json:"succeeded"`
	Failed      int          `json:"failed"` // other statuses than 200, and bodies that differ from the first one
	Bytes       int          `json:"bytes"`  // of a body
	PerSecond   float64      `json:"per_second"`
	Taken       distribution `json:"taken_us"`
}

// repeater asks for the same document over and over: a request on each connection at a time, one thread and epoll for all.
type repeater struct {
	options  options
	request  []byte
	exchange []exchange
	first    []byte // the first body, which all others must equal
	taken    []int64
	failed   int
	problem  string
	buffer   []byte
}

// exchange is one connection with the response that is arriving on it.
type exchange struct {
	fd      int
	sentAt  time.Time
	head    []byte
	body    []byte
	inBody  bool
	failed  bool
	length  int // -1 while the body comes in chunks
	chunks  chunkDecoder
	address int
}

// repeatRequests asks for `window` over `concurrent` connections; every answer must be the first one's bytes, with `messages` messages.
func repeatRequests(o options, tokens []string) (result, error) {
	authorization := ""
	if len(tokens) > 0 {
		authorization = "Authorization: Bearer " + tokens[0] + "\r\n"
	}
	h := &repeater{options: o, exchange: make([]exchange, o.concurrent), buffer: make([]byte, 256<<10)}
	h.request = []byte(fmt.Sprintf("%s %s HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\n%sContent-Length: %d\r\n\r\n%s",
		o.method, o.path, authorization, len(o.body), o.body))
	epoll, err := syscall.EpollCreate1(syscall.EPOLL_CLOEXEC)
	if err != nil {
		return result{}, err
	}
	byFD := map[int32]*exchange{}
	for i := range h.exchange {
		e := &h.exchange[i]
		e.address = i % len(o.addresses)
		if err := h.connect(e); err != nil {
			return result{}, err
		}
		byFD[int32(e.fd)] = e
		interest := syscall.EpollEvent{Events: syscall.EPOLLIN, Fd: int32(e.fd)}
		if err := syscall.EpollCtl(epoll, syscall.EPOLL_CTL_ADD, e.fd, &interest); err != nil {
			return result{}, err
		}
	}
	watch := newWatch(o.watched)
	before := watch.readAll()
	start := time.Now()
	for i := range h.exchange {
		if err := h.send(&h.exchange[i]); err != nil {
			return result{}, err
		}
	}
	events := make([]syscall.EpollEvent, 64)
	for time.Since(start) < o.window {
		n, err := syscall.EpollWait(epoll, events, 100)
		if err != nil && err != syscall.EINTR {
			return result{}, err
		}
		for i := 0; i < n; i++ {
			if err := h.read(byFD[events[i].Fd]); err != nil {
				return result{}, err
			}
		}
	}
	wall := time.Since(start).Seconds()
	after := watch.readAll()
	if count := bytes.Count(h.first, []byte(`"role":`)); o.messages > 0 && count != o.messages {
		h.failed++
		h.problem = fmt.Sprintf("%d messages instead of %d in %.200s", count, o.messages, h.first)
	}
	out := result{Label: o.label, Round: o.round, Wall: wall, Problems: []string{}, Processes: map[string]map[string]sample{}}
	out.Requests = &requests{o.concurrent, len(h.taken), h.failed, len(h.first), float64(len(h.taken)) / wall, distributionOf(h.taken)}
	if h.problem != "" {
		out.Problems = append(out.Problems, h.problem)
	}
	for name := range before {
		out.Processes[name] = map[string]sample{"before": before[name], "end": after[name]}
	}
	return out, nil
}

func (h *repeater) connect(e *exchange) error {
	target, family, err := resolve(h.options.addresses[e.address])
	if err != nil {
		return err
	}
	if e.fd, err = syscall.Socket(family, syscall.SOCK_STREAM|syscall.SOCK_CLOEXEC, 0); err != nil {
		return err
	}
	if err := syscall.Connect(e.fd, target); err != nil {
		return fmt.Errorf("connect to %s: %w", h.options.addresses[e.address], err)
	}
	return nil
}

func (h *repeater) send(e *exchange) error {
	*e = exchange{fd: e.fd, address: e.address, head: e.head[:0], body: e.body[:0], sentAt: time.Now()}
	_, err := syscall.Write(e.fd, h.request)
	return err
}

func (h *repeater) read(e *exchange) error {
	n, err := syscall.Read(e.fd, h.buffer)
	if err != nil || n == 0 {
		return fmt.Errorf("the server closed a connection after %d answers: %v", len(h.taken), err)
	}
	whole, err := e.received(h.buffer[:n])
	if err != nil {
		return err
	}
	if !whole {
		return nil
	}
	h.taken = append(h.taken, time.Since(e.sentAt).Microseconds())
	if h.first == nil && !e.failed {
		h.first = append([]byte{}, e.body...)
	}
	if e.failed || !bytes.Equal(e.body, h.first) {
		h.failed++
		if h.problem == "" {
			h.problem = fmt.Sprintf("%.100s … %.200s", e.head, e.body)
		}
	}
	return h.send(e)
}

// received takes what one read brought; true when the response is whole.
func (e *exchange) received(data []byte) (bool, error) {
	if !e.inBody {
		e.head = append(e.head, data...)
		end := bytes.Index(e.head, []byte("\r\n\r\n"))
		if end < 0 {
			return false, nil
		}
		data = append([]byte{}, e.head[end+4:]...)
		e.head, e.inBody = e.head[:end+2], true
		e.failed = !bytes.HasPrefix(e.head, []byte("HTTP/1.1 200 "))
		lower := bytes.ToLower(e.head)
		if _, after, found := bytes.Cut(lower, []byte("\r\ncontent-length: ")); found {
			length, err := strconv.Atoi(string(after[:bytes.IndexByte(after, '\r')]))
			if err != nil {
				return false, err
			}
			e.length = length
		} else if bytes.Contains(lower, []byte("\r\ntransfer-encoding: chunked\r\n")) {
			e.length = -1
		} else {
			return false, fmt.Errorf("a response without a length: %s", e.head)
		}
	}
	if e.length >= 0 {
		e.body = append(e.body, data...)
		return len(e.body) >= e.length, nil
	}
	decoded, err := e.chunks.decode(data)
	e.body = append(e.body, decoded...)
	return e.chunks.finished, err
}
