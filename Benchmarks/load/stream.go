package main

import (
	"bytes"
	"fmt"
	"syscall"
)

type phase uint8

const (
	connecting phase = iota
	readingHead
	readingBody
	closed
)

// stream is one connection and the reply on it. It is small: there may be 10,000 of them.
type stream struct {
	fd         int
	phase      phase
	chunked    bool
	counted    bool // its first event came, or it closed: it no longer counts as opening
	cleanEnd   bool // the body had its proper end
	heldToEnd  bool // open when the measurement ended: this client closed it
	chunks     chunkDecoder
	carry      []byte // the unfinished head or event of the reads before
	check      checker
	openedAt   int64 // nanoseconds of the run's clock, as all times here
	firstEvent int64
	firstText  int64
	lastEvent  int64
	slot       int64   // number of the latest text event on the stream's own schedule
	schedule   int64   // time of the first text event: slot 0
	deviations []int32 // microseconds of each text event in the window against the schedule
	problem    string
}

const maximumHead = 16 << 10
const maximumEvent = 256 << 10

// received takes what one read brought, at the time when epoll said that it was there.
func (s *stream) received(data []byte, now int64, r *run) {
	if s.phase == readingHead {
		s.carry = append(s.carry, data...)
		end := bytes.Index(s.carry, []byte("\r\n\r\n"))
		if end < 0 {
			if len(s.carry) > maximumHead {
				s.fail("head of the response too long")
			}
			return
		}
		head := s.carry[:end+2]
		if !bytes.HasPrefix(head, []byte("HTTP/1.1 200 ")) {
			answer := s.carry[end+4:]
			if len(answer) > 300 {
				answer = answer[:300]
			}
			s.fail(string(head[:bytes.IndexByte(head, '\r')]) + ": " + string(answer))
			return
		}
		s.chunked = bytes.Contains(bytes.ToLower(head), []byte("\r\ntransfer-encoding: chunked\r\n"))
		data = s.carry[end+4:]
		s.carry = nil
		s.phase = readingBody
	}
	if s.chunked {
		var err error
		// In place: what is decoded is never longer than what came.
		data, err = s.chunks.decode(data)
		if err != nil {
			s.fail(err.Error())
			return
		}
		s.cleanEnd = s.chunks.finished
	}
	if len(s.carry) > 0 {
		s.carry = append(s.carry, data...)
		data = s.carry
	}
	for {
		end := bytes.Index(data, []byte("\n\n"))
		if end < 0 {
			break
		}
		r.sent = r.sent[:0]
		what, isData := s.check.block(data[:end], &r.sent)
		if isData {
			s.event(what, now, r)
		}
		data = data[end+2:]
	}
	if len(data) > maximumEvent {
		s.fail("an event without end")
		return
	}
	if len(data) == 0 {
		s.carry = nil // idle streams hold no buffer
	} else {
		s.carry = append([]byte(nil), data...)
	}
}

// event keeps the stream's clock. The schedule is the stream's own: text event k is due k paces after the first.
func (s *stream) event(what outcome, now int64, r *run) {
	if s.firstEvent == 0 {
		s.firstEvent = now
	}
	s.lastEvent = now
	if s.firstText == 0 && what.isText {
		s.firstText = now
	}
	for _, sent := range r.sent {
		r.underWay = append(r.underWay, (r.clockZero+now)/1000-sent)
	}
	if r.inWindow {
		r.windowEvents++
	}
	if !what.isText || r.options.pace == 0 {
		return
	}
	if s.schedule == 0 {
		s.schedule = now
		return
	}
	// A lost event takes its slot with it, so those after it are not called late for its sake.
	s.slot += 1 + what.missed
	if r.inWindow {
		deviation := now - s.schedule - s.slot*int64(r.options.pace)
		s.deviations = append(s.deviations, int32(deviation/1000))
	}
}

func (s *stream) fail(why string) {
	if s.problem == "" {
		s.problem = why
	}
	s.close()
}

func (s *stream) close() {
	if s.phase != closed {
		syscall.Close(s.fd)
		s.phase = closed
		s.carry = nil
	}
}

// chunkDecoder undoes HTTP/1.1's chunked transfer coding, split wherever a read ended (RFC 9112, section 7.1).
type chunkDecoder struct {
	remaining int64 // bytes of the current chunk still to come
	size      int64
	state     uint8 // 0: size line, 1: data, 2: line end after the data, 3: after the last chunk
	inComment bool  // the rest of the size line is an extension
	finished  bool
}

func (d *chunkDecoder) decode(data []byte) ([]byte, error) {
	out := data[:0]
	for len(data) > 0 {
		switch d.state {
		case 0:
			b := data[0]
			data = data[1:]
			switch {
			case b == '\n':
				d.remaining, d.size, d.inComment, d.state = d.size, 0, false, 1
				if d.remaining == 0 {
					d.state, d.finished = 3, true
				}
			case b == '\r' || d.inComment:
			case b >= '0' && b <= '9':
				d.size = d.size<<4 | int64(b-'0')
			case b >= 'a' && b <= 'f':
				d.size = d.size<<4 | int64(b-'a'+10)
			case b >= 'A' && b <= 'F':
				d.size = d.size<<4 | int64(b-'A'+10)
			case b == ';':
				d.inComment = true
			default:
				return nil, fmt.Errorf("byte %#x in a chunk size", b)
			}
			if d.size > 1<<30 {
				return nil, fmt.Errorf("chunk of more than 1 GiB")
			}
		case 1:
			take := int64(len(data))
			if take > d.remaining {
				take = d.remaining
			}
			out = append(out, data[:take]...)
			data = data[take:]
			if d.remaining -= take; d.remaining == 0 {
				d.state = 2
			}
		case 2:
			if data[0] == '\n' {
				d.state = 0
			} else if data[0] != '\r' {
				return nil, fmt.Errorf("byte %#x after a chunk", data[0])
			}
			data = data[1:]
		default:
			return out, nil // trailers
		}
	}
	return out, nil
}
