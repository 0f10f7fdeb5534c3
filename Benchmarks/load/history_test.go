package main

import "testing"

func TestAnAnswerSplitAtEveryByteIsReadTheSame(t *testing.T) {
	for _, answer := range []string{
		"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
		"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n",
	} {
		for at := 1; at < len(answer); at++ {
			var e exchange
			first, err := e.received([]byte(answer[:at]))
			if err != nil {
				t.Fatal(err)
			}
			whole := first
			if rest := answer[at:]; !first {
				if whole, err = e.received([]byte(rest)); err != nil {
					t.Fatal(err)
				}
			}
			if !whole || e.failed || string(e.body) != "hello" {
				t.Fatalf("%q split at %d: %v %q", answer, at, whole, e.body)
			}
		}
	}
}

func TestAnAnswerWithAnotherStatusHasFailed(t *testing.T) {
	var e exchange
	if whole, err := e.received([]byte("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n")); !whole || err != nil || !e.failed {
		t.Fatal(whole, err, e)
	}
}

func TestATokenSaysWhenItWasSent(t *testing.T) {
	var c checker
	var sent []int64
	c.block([]byte(chunk(1, "tok1@70 tok2@90 ")), &sent)
	if c.tokens != 2 || c.tokenGaps+c.tokenRepeat != 0 || len(sent) != 2 || sent[0] != 70 || sent[1] != 90 {
		t.Fatal(c, sent)
	}
}
