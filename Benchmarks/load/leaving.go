package main

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// leavePatience is how long the provider may go on after its reader has left before that counts as never.
const leavePatience = 5 * time.Second

var leaveClient = http.Client{Timeout: leavePatience}

// measureLeaving opens one stream after another and, when its first token is there, leaves or has the reply stopped, and waits
// until the provider says that its connection was closed.
func measureLeaving(o options, tokens []string) (result, error) {
	r, err := newRun(o, tokens)
	if err != nil {
		return result{}, err
	}
	closed, err := askNumber("http://" + o.provider + "/closings")
	if err != nil {
		return result{}, err
	}
	out := result{Label: o.label, Round: o.round, Problems: []string{}}
	out.Streams.Wanted = o.streams
	var times []int64
	// Who is not left three times in a row never is.
	for i, inVain := 0, 0; i < o.streams && inVain < 3; i++ {
		took, err := leaveOne(o, r.requests[0], tokens, closed)
		out.Streams.Opened++
		if err != nil {
			out.Streams.Failed++
			inVain++
			if len(out.Problems) < 5 {
				out.Problems = append(out.Problems, err.Error())
			}
			if closed, err = askNumber("http://" + o.provider + "/closings"); err != nil {
				return out, err
			}
			continue
		}
		closed++
		inVain = 0
		out.Streams.Succeeded++
		times = append(times, took)
	}
	closing := distributionOf(times)
	out.Closing = &closing
	return out, nil
}

// leaveOne gives the microseconds from the leaving, or from sending the request to stop, to the closing.
func leaveOne(o options, request []byte, tokens []string, closed int64) (int64, error) {
	connection, err := net.DialTimeout("tcp", o.addresses[0], leavePatience)
	if err != nil {
		return 0, err
	}
	defer connection.Close()
	connection.SetDeadline(time.Now().Add(leavePatience))
	if _, err := connection.Write(request); err != nil {
		return 0, err
	}
	var seen []byte
	buffer := make([]byte, 64<<10)
	for !bytes.Contains(seen, []byte("tok1")) {
		n, err := connection.Read(buffer)
		if err != nil {
			return 0, fmt.Errorf("no token came: %w: %.300s", err, seen)
		}
		seen = append(seen, buffer[:n]...)
	}
	left := monotonicNanoseconds() / 1000
	if o.mode == "stop" {
		if err := stopReply(o, tokens, seen); err != nil {
			return 0, err
		}
		rest, err := io.ReadAll(connection)
		if err != nil || !bytes.Contains(rest, []byte(`"status":"stopped"`)) {
			return 0, fmt.Errorf("a stopped reply ended otherwise: %v: %.300s", err, rest)
		}
	} else {
		connection.Close()
	}
	at, err := askNumber(fmt.Sprintf("http://%s/closings?after=%d", o.provider, closed))
	return at - left, err
}

func stopReply(o options, tokens []string, seen []byte) error {
	_, after, found := bytes.Cut(seen, []byte(`"reply_id":"`))
	if !found || len(tokens) == 0 {
		return fmt.Errorf("no reply to stop in %.300s", seen)
	}
	reply := string(after[:bytes.IndexByte(after, '"')])
	request, err := http.NewRequest("POST", "http://"+o.addresses[0]+"/api/v1/chat/stop", strings.NewReader(`{"message_id":"`+reply+`"}`))
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Authorization", "Bearer "+tokens[0])
	response, err := leaveClient.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	io.Copy(io.Discard, response.Body)
	if response.StatusCode/100 != 2 {
		return fmt.Errorf("stopping: status %d", response.StatusCode)
	}
	return nil
}

func askNumber(address string) (int64, error) {
	response, err := leaveClient.Get(address)
	if err != nil {
		return 0, err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return 0, err
	}
	return strconv.ParseInt(strings.TrimSpace(string(text)), 10, 64)
}
