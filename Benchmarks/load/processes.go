package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"syscall"
	"unsafe"
)

// watched is a process to measure, with all its descendants.
type watched struct {
	name string
	pid  int
}

func parseWatched(text string) (watched, error) {
	name, pidText, found := strings.Cut(text, "=")
	pid, err := strconv.Atoi(pidText)
	if !found || name == "" || err != nil || pid < 1 {
		return watched{}, fmt.Errorf("-watch %q: want NAME=PID", text)
	}
	return watched{name, pid}, nil
}

// sample is what a process and its descendants had used at one moment.
type sample struct {
	CPUNanoseconds int64 `json:"cpu_ns"`
	RSS            int64 `json:"rss_bytes"`
	PSS            int64 `json:"pss_bytes"`
	Private        int64 `json:"private_bytes"`
	Processes      int   `json:"processes"`
	Threads        int   `json:"threads"`
}

// watch knows the processes of each watched name, and of this program ("client").
type watch struct {
	families map[string][]int
}

func newWatch(all []watched) *watch {
	w := &watch{families: map[string][]int{"client": {os.Getpid()}}}
	for _, one := range all {
		w.families[one.name] = family(one.pid)
	}
	return w
}

func (w *watch) readCPU() map[string]sample {
	samples := make(map[string]sample, len(w.families))
	for name, pids := range w.families {
		samples[name] = cpu(pids)
	}
	return samples
}

// readAll reads memory too, which takes milliseconds and holds the watched process's memory map meanwhile:
// never while lateness is measured.
func (w *watch) readAll() map[string]sample {
	samples := w.readCPU()
	for name, pids := range w.families {
		s := samples[name]
		for _, pid := range pids {
			addMemory(pid, &s)
		}
		samples[name] = s
	}
	return samples
}

// readResident reads the resident memory as the kernel counts it (statm), which holds nothing up.
func (w *watch) readResident() map[string]sample {
	samples := w.readCPU()
	for name, pids := range w.families {
		s := samples[name]
		for _, pid := range pids {
			text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/statm", pid))
			if fields := strings.Fields(string(text)); len(fields) > 1 {
				s.RSS += parse(fields[1]) * int64(os.Getpagesize())
			}
		}
		samples[name] = s
	}
	return samples
}

// cpu sums user and system time. The process's CPU clock has nanoseconds where /proc/PID/stat has ticks of 10 ms
// (clock_getcpuclockid(3): the id is ~pid << 3 | CPUCLOCK_SCHED). Children that have ended count through stat.
func cpu(pids []int) sample {
	var s sample
	for _, pid := range pids {
		var at syscall.Timespec
		id := uintptr(^pid<<3 | 2)
		if _, _, errno := syscall.Syscall(syscall.SYS_CLOCK_GETTIME, id, uintptr(unsafe.Pointer(&at)), 0); errno != 0 {
			continue
		}
		s.CPUNanoseconds += at.Nano()
		s.Processes++
		if fields := statFields(pid); len(fields) > 17 {
			const tick = 10_000_000
			s.CPUNanoseconds += (parse(fields[13]) + parse(fields[14])) * tick // cutime, cstime
			s.Threads += int(parse(fields[17]))
		}
	}
	return s
}

// statFields are the fields of /proc/PID/stat after the name, so [0] is the state (proc(5) field 3).
func statFields(pid int) []string {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return nil
	}
	end := strings.LastIndexByte(string(text), ')')
	return strings.Fields(string(text[end+1:]))
}

// monotonicNanoseconds reads CLOCK_MONOTONIC, which all processes of a machine share.
func monotonicNanoseconds() int64 {
	const clockMonotonic = 1
	var at syscall.Timespec
	syscall.Syscall(syscall.SYS_CLOCK_GETTIME, clockMonotonic, uintptr(unsafe.Pointer(&at)), 0)
	return at.Nano()
}

// family is a process and all its descendants.
func family(root int) []int {
	entries, err := os.ReadDir("/proc")
	if err != nil {
		return []int{root}
	}
	children := map[int][]int{}
	for _, entry := range entries {
		pid, err := strconv.Atoi(entry.Name())
		if err != nil {
			continue
		}
		if fields := statFields(pid); len(fields) > 1 {
			parent := int(parse(fields[1]))
			children[parent] = append(children[parent], pid)
		}
	}
	all := []int{root}
	for i := 0; i < len(all); i++ {
		all = append(all, children[all[i]]...)
	}
	return all
}

// addMemory adds a process's resident, proportional and private memory (smaps_rollup, proc(5)).
func addMemory(pid int, s *sample) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/smaps_rollup", pid))
	if err != nil {
		return
	}
	for _, line := range strings.Split(string(text), "\n") {
		fields := strings.Fields(line)
		if len(fields) < 2 {
			continue
		}
		bytes := parse(fields[1]) * 1024
		switch fields[0] {
		case "Rss:":
			s.RSS += bytes
		case "Pss:":
			s.PSS += bytes
		case "Private_Clean:", "Private_Dirty:":
			s.Private += bytes
		}
	}
}

func parse(text string) int64 {
	n, _ := strconv.ParseInt(text, 10, 64)
	return n
}
