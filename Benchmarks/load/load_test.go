package main

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

const head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"

func chunked(parts ...string) string {
	var out strings.Builder
	for _, part := range parts {
		fmt.Fprintf(&out, "%x;ext=1\r\n%s\r\n", len(part), part)
	}
	return out.String() + "0\r\n\r\n"
}

var wholeReply = head + chunked(
	`id: 1`+"\n"+`data: {"type":"user_message_received","message_id":"a"}`+"\n\n",
	": ping\n\n",
	`id: 2`+"\n"+`data: {"type":"content_chunk","message_id":"b","content":"tok1 tok2 ","is_final":false}`+"\n\n"+
		`id: 3`+"\n"+`data: {"type":"content_chunk","mess`,
	`age_id":"b","content":"tok3 ","is_final":false}`+"\n\n",
	`id: 4`+"\n"+`data: {"type":"complete","message_id":"b","status":"complete"}`+"\n\n")

func feed(pieces ...string) *stream {
	s := &stream{phase: readingHead, fd: -1, openedAt: 1}
	r := &run{options: options{pace: time.Second}}
	for _, piece := range pieces {
		s.received([]byte(piece), 2, r)
	}
	return s
}

func TestAReplySplitAtEveryByteIsReadTheSame(t *testing.T) {
	for at := 0; at <= len(wholeReply); at++ {
		s := feed(wholeReply[:at], wholeReply[at:])
		c := s.check
		if s.problem != "" || !s.cleanEnd || !c.ended || !c.succeeded || c.events != 4 || c.pings != 1 || c.tokens != 3 {
			t.Fatalf("split at %d: %+v %q", at, c, s.problem)
		}
		if c.idGaps+c.idRepeats+c.malformed+c.afterEnd+c.tokenGaps+c.tokenRepeat != 0 {
			t.Fatalf("split at %d: faults in a correct reply: %+v", at, c)
		}
	}
}

func checked(blocks ...string) checker {
	var c checker
	for _, block := range blocks {
		c.block([]byte(block), new([]int64))
	}
	return c
}

func chunk(id int, text string) string {
	return fmt.Sprintf("id: %d\ndata: "+`{"type":"content_chunk","message_id":"b","content":"%s","is_final":false}`, id, text)
}

func TestALostEventIsCounted(t *testing.T) {
	c := checked(chunk(1, "tok1 "), chunk(4, "tok4 "))
	if c.idGaps != 2 || c.tokenGaps != 2 {
		t.Fatalf("%+v", c)
	}
}

func TestTokensThatShareAnEventShareItsNumber(t *testing.T) {
	if c := checked(chunk(1, "tok1 "), chunk(4, "tok2 tok3 tok4 "), chunk(5, "tok5 ")); c.idGaps != 0 || c.tokenGaps != 0 {
		t.Fatalf("%+v", c)
	}
	if c := checked(chunk(1, "tok1 "), chunk(5, "tok3 tok4 ")); c.idGaps != 2 || c.tokenGaps != 1 {
		t.Fatalf("%+v", c)
	}
}

func TestADoubledOrDisorderedEventIsCounted(t *testing.T) {
	c := checked(chunk(1, "tok1 "), chunk(1, "tok1 "), chunk(3, "tok3 "), chunk(2, "tok2 "))
	if c.idRepeats != 2 || c.tokenRepeat != 2 || c.idGaps != 1 {
		t.Fatalf("%+v", c)
	}
}

func TestAnEventAfterTheEndIsCounted(t *testing.T) {
	c := checked("data: [DONE]", chunk(1, "tok1 "))
	if c.afterEnd != 1 {
		t.Fatalf("%+v", c)
	}
}

func TestAnErrorEventIsNoSuccess(t *testing.T) {
	for _, block := range []string{`data: {"type":"error","code":"x"}`, `data: {"error":{"message":"x"}}`,
		`data: {"type":"complete","status":"stopped"}`} {
		if c := checked(block); !c.ended || c.succeeded || c.complaint == "" {
			t.Fatalf("%s: %+v", block, c)
		}
	}
}

func TestLatenessIsCountedFromTheMostPunctualEvent(t *testing.T) {
	late, apart := appendLateness([]int32{5, -3, 7}, nil, nil)
	if fmt.Sprint(late) != "[8 0 10]" || fmt.Sprint(apart) != "[8 10]" {
		t.Fatal(late, apart)
	}
}

func TestALostEventDoesNotMakeTheNextOnesLate(t *testing.T) {
	r := &run{options: options{pace: time.Second}, inWindow: true}
	s := &stream{}
	for _, e := range []struct {
		missed int64
		at     time.Duration
	}{{0, 1}, {0, 1 + time.Second}, {1, 1 + 3*time.Second}} {
		s.event(outcome{isText: true, missed: e.missed}, int64(e.at), r)
	}
	if fmt.Sprint(s.deviations) != "[0 0]" {
		t.Fatal(s.deviations)
	}
}
