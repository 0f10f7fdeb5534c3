package main

import (
	"fmt"
	"syscall"
)

// openDue opens what the rate and the number of unanswered openings allow now.
func (r *run) openDue(now int64) error {
	due := int(float64(now)/1e9*r.options.rate) + 1
	for r.opened < r.options.streams && r.opened < due && r.waiting < r.options.opening && r.live < r.options.concurrent {
		again, err := r.open(r.opened, now)
		if err != nil {
			return err
		}
		if again {
			return nil // a full backlog: a little later
		}
		r.opened++
		r.waiting++
		r.live++
	}
	return nil
}

// open starts one connection; `again` when the listener's backlog is full (a unix socket says so at once).
func (r *run) open(index int, now int64) (again bool, err error) {
	which := index % len(r.targets)
	fd, err := syscall.Socket(r.families[which], syscall.SOCK_STREAM|syscall.SOCK_NONBLOCK|syscall.SOCK_CLOEXEC, 0)
	if err != nil {
		return false, fmt.Errorf("socket %d: %w", index+1, err)
	}
	s := &r.streams[index]
	*s = stream{fd: fd, openedAt: now}
	r.remember(fd, index)
	switch err := syscall.Connect(fd, r.targets[which]); err {
	case nil, syscall.EINPROGRESS:
	case syscall.EAGAIN:
		syscall.Close(fd)
		*s = stream{}
		return true, nil
	default:
		syscall.Close(fd)
		return false, fmt.Errorf("connect to %s: %w", r.options.addresses[which], err)
	}
	interest := syscall.EpollEvent{Events: syscall.EPOLLOUT, Fd: int32(fd)}
	return false, syscall.EpollCtl(r.epoll, syscall.EPOLL_CTL_ADD, fd, &interest)
}

// byDescriptor finds a stream by its descriptor; descriptors are small numbers.
var byDescriptor []int32

func (r *run) remember(fd, index int) {
	for len(byDescriptor) <= fd {
		byDescriptor = append(byDescriptor, -1)
	}
	byDescriptor[fd] = int32(index)
}

// ready handles one descriptor that epoll named.
func (r *run) ready(fd int, what uint32, now int64) {
	index := int(byDescriptor[fd])
	s := &r.streams[index]
	if s.phase == connecting {
		r.send(s, index)
	} else if what&(syscall.EPOLLIN|syscall.EPOLLHUP|syscall.EPOLLERR) != 0 {
		r.read(s, now)
	}
	if !s.counted && (s.firstEvent != 0 || s.phase == closed) {
		s.counted = true
		r.waiting--
	}
	if s.phase == closed {
		r.live--
	}
}

func (r *run) send(s *stream, index int) {
	if code, err := syscall.GetsockoptInt(s.fd, syscall.SOL_SOCKET, syscall.SO_ERROR); err != nil || code != 0 {
		s.fail(fmt.Sprintf("connect: %v", syscall.Errno(code)))
		return
	}
	// A fresh socket's buffer holds the whole request.
	request := r.requests[index%len(r.requests)]
	if n, err := syscall.Write(s.fd, request); err != nil || n != len(request) {
		s.fail(fmt.Sprintf("request: %v", err))
		return
	}
	interest := syscall.EpollEvent{Events: syscall.EPOLLIN, Fd: int32(s.fd)}
	if err := syscall.EpollCtl(r.epoll, syscall.EPOLL_CTL_MOD, s.fd, &interest); err != nil {
		s.fail(err.Error())
		return
	}
	s.phase = readingHead
}

// read takes one buffer full; epoll is level triggered and names the descriptor again if there is more.
func (r *run) read(s *stream, now int64) {
	n, err := syscall.Read(s.fd, r.buffer)
	switch {
	case err == syscall.EAGAIN || err == syscall.EINTR:
	case err != nil:
		s.fail("read: " + err.Error())
	case n == 0:
		if s.chunked && !s.cleanEnd {
			s.fail("the connection broke off inside the body")
		}
		s.close()
	default:
		s.received(r.buffer[:n], now, r)
		if s.cleanEnd {
			s.close()
		}
	}
}
