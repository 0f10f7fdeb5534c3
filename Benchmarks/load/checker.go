package main

import (
	"bytes"
)

// checker follows the events of one stream and counts everything that a correct stream never does.
type checker struct {
	lastID      int64 // of the `id:` lines; 0 before the first and when the dialect has none
	events      int64 // data events
	pings       int64 // comment lines
	idGaps      int64 // ids that never came
	idRepeats   int64 // ids not above the one before
	malformed   int64 // blocks that are no server-sent event we know
	afterEnd    int64 // events after the terminal one
	lastToken   int64 // number of the latest numbered token
	tokens      int64 // numbered tokens seen
	tokenGaps   int64 // numbers jumped over
	tokenRepeat int64 // numbers not above the one before: doubled or out of order
	ended       bool  // a terminal event came
	succeeded   bool  // and it was the good one
	complaint   string
}

// outcome tells the stream what an event was, for the clock.
type outcome struct {
	isText bool  // it carried text: the paced kind
	missed int64 // events lost just before it, by their ids
}

var (
	typeKey        = []byte(`"type":"`)
	contentKey     = []byte(`"content":"`)
	chunkPrefix    = []byte(`{"type":"content_chunk"`)
	openAIPrefix   = []byte(`{"id":"chatcmpl`)
	doneMarker     = []byte(`[DONE]`)
	statusComplete = []byte(`"status":"complete"`)
)

// block takes one event without its blank line. `data` events are counted; comments are pings. When its tokens say when they were
// sent, the times (microseconds) are appended to `sent`.
func (c *checker) block(block []byte, sent *[]int64) (result outcome, isData bool) {
	var id int64
	var data []byte
	for len(block) > 0 {
		line := block
		if at := bytes.IndexByte(block, '\n'); at >= 0 {
			line, block = block[:at], block[at+1:]
		} else {
			block = nil
		}
		switch {
		case bytes.HasPrefix(line, []byte("data: ")):
			data = line[6:]
		case bytes.HasPrefix(line, []byte("id: ")):
			if id = number(line[4:]); id == 0 {
				c.malformed++
			}
		case len(line) > 0 && line[0] == ':':
			c.pings++
		default:
			c.malformed++
		}
	}
	if data == nil {
		return outcome{}, false
	}
	c.events++
	if c.ended {
		c.afterEnd++
	}
	before := c.tokens
	result.isText = c.data(data, sent)
	if id > 0 {
		if id <= c.lastID {
			c.idRepeats++
		} else {
			result.missed = id - c.lastID - 1
			// Pieces that waited together go out as one event, whose number is the last one's.
			if together := c.tokens - before - 1; together > 0 {
				result.missed -= together
			}
			if result.missed < 0 {
				result.missed = 0
			}
			c.idGaps += result.missed
			c.lastID = id
		}
	}
	return result, true
}

// data looks at an event's JSON as far as it must; true when it carries text.
func (c *checker) data(data []byte, sent *[]int64) bool {
	if bytes.HasPrefix(data, chunkPrefix) || bytes.HasPrefix(data, openAIPrefix) {
		return c.content(data, sent)
	}
	if bytes.Equal(data, doneMarker) {
		c.ended, c.succeeded = true, true
		return false
	}
	at := bytes.Index(data, typeKey)
	if at < 0 {
		if bytes.HasPrefix(data, []byte(`{"error"`)) {
			c.fail(data)
		} else {
			c.malformed++
		}
		return false
	}
	kind := data[at+len(typeKey):]
	if end := bytes.IndexByte(kind, '"'); end >= 0 {
		kind = kind[:end]
	}
	switch string(kind) {
	case "content_chunk":
		return c.content(data, sent)
	case "complete":
		c.ended, c.succeeded = true, bytes.Contains(data, statusComplete)
		if !c.succeeded {
			c.complain(data)
		}
	case "error":
		c.fail(data)
	case "user_message_received", "recommendations", "provider_switch":
		// Known, and no text.
	default:
		c.malformed++
	}
	return false
}

func (c *checker) fail(data []byte) {
	c.ended = true
	c.complain(data)
}

// complain keeps the first bad word of a stream for the report.
func (c *checker) complain(data []byte) {
	if c.complaint == "" {
		if len(data) > 200 {
			data = data[:200]
		}
		c.complaint = string(data)
	}
}

// content counts the numbered tokens in the text; true when the text is not empty.
func (c *checker) content(data []byte, sent *[]int64) bool {
	at := bytes.Index(data, contentKey)
	if at < 0 {
		return false
	}
	text := data[at+len(contentKey):]
	if len(text) == 0 || text[0] == '"' {
		return false
	}
	// One event may carry several tokens: "tok7 tok8 ", or "tok7@81234567 " where it says when it was sent.
	for bytes.HasPrefix(text, []byte("tok")) {
		end := bytes.IndexByte(text, ' ')
		if end < 0 {
			break
		}
		digits, stamp, isStamped := bytes.Cut(text[3:end], []byte("@"))
		n := number(digits)
		if n == 0 {
			break
		}
		if isStamped {
			*sent = append(*sent, number(stamp))
		}
		c.tokens++
		switch {
		case n == c.lastToken+1:
			c.lastToken = n
		case n > c.lastToken:
			c.tokenGaps += n - c.lastToken - 1
			c.lastToken = n
		default:
			c.tokenRepeat++
		}
		text = text[end+1:]
	}
	return true
}

// number reads decimal digits; 0 when there are none or something else is among them.
func number(digits []byte) int64 {
	var n int64
	for _, d := range digits {
		if d < '0' || d > '9' || n > 1<<53 {
			return 0
		}
		n = n*10 + int64(d-'0')
	}
	return n
}
