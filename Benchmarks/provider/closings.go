package main

import (
	"fmt"
	"net/http"
	"strconv"
	"sync"
	"syscall"
	"unsafe"
)

// closings are the times at which readers were found to have left before the end of their reply.
type closings struct {
	lock  sync.Mutex
	more  *sync.Cond
	times []int64 // microseconds of the monotonic clock
}

var left = newClosings()

func newClosings() *closings {
	c := &closings{}
	c.more = sync.NewCond(&c.lock)
	return c
}

func (c *closings) add() {
	now := monotonicMicroseconds()
	c.lock.Lock()
	defer c.lock.Unlock()
	c.times = append(c.times, now)
	c.more.Broadcast()
}

// serve answers GET /closings?after=N with the time of closing N+1, once there is one; without N, with how many there are.
func (c *closings) serve(w http.ResponseWriter, r *http.Request) {
	c.lock.Lock()
	defer c.lock.Unlock()
	after, err := strconv.Atoi(r.URL.Query().Get("after"))
	if err != nil || after < 0 {
		fmt.Fprintln(w, len(c.times))
		return
	}
	for len(c.times) <= after {
		c.more.Wait()
	}
	fmt.Fprintln(w, c.times[after])
}

// monotonicMicroseconds reads CLOCK_MONOTONIC, which all processes of a machine share.
func monotonicMicroseconds() int64 {
	const clockMonotonic = 1
	var at syscall.Timespec
	syscall.Syscall(syscall.SYS_CLOCK_GETTIME, clockMonotonic, uintptr(unsafe.Pointer(&at)), 0)
	return at.Nano() / 1000
}
