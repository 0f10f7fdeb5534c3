package main

import (
	"bufio"
	"encoding/json"
	"math"
	"os"
	"sort"
)

type distribution struct {
	Count         int
	P50, P99, Max float64
}

type sample struct {
	CPU float64 `json:"cpu_ns"`
	RSS float64 `json:"rss_bytes"`
}

// measured is one run, as Benchmarks/load/result.go prints it; only what the tables use.
type measured struct {
	Label   string
	Round   int
	Streams struct {
		Wanted, Opened, Succeeded, Failed, Stalled int
		OpenAtEnd                                  int `json:"open_at_end"`
	}
	Events struct {
		All, Malformed int
		InWindow       int `json:"in_window"`
		IDGaps         int `json:"id_gaps"`
		IDRepeats      int `json:"id_repeats"`
		AfterEnd       int `json:"after_end"`
	}
	Tokens   struct{ Expected, Received, Missing, Repeated int }
	Requests struct {
		Succeeded, Failed, Bytes int
		PerSecond                float64      `json:"per_second"`
		Taken                    distribution `json:"taken_us"`
	}
	FirstToken distribution                 `json:"first_token_us"`
	UnderWay   distribution                 `json:"under_way_us"`
	Closing    distribution                 `json:"closing_us"`
	Lateness   distribution                 `json:"lateness_us"`
	Window     float64                      `json:"window_s"`
	Wall       float64                      `json:"wall_s"`
	TimedOut   bool                         `json:"timed_out"`
	Problems   []string                     `json:"problems"`
	Processes  map[string]map[string]sample `json:"processes"`
}

// faults counts what a correct run has none of: lost and doubled tokens and events, and replies that ended otherwise.
func (m measured) faults() int {
	n := m.Events.IDGaps + m.Tokens.Missing + m.Events.IDRepeats + m.Tokens.Repeated +
		m.Streams.Failed + m.Streams.Stalled + m.Events.AfterEnd + m.Events.Malformed + m.Requests.Failed
	if m.Window > 0 {
		// A reply that ended before the window did, even well, was no idle stream.
		n += m.Streams.Wanted - m.Streams.OpenAtEnd - m.Streams.Failed
	}
	if m.TimedOut {
		n++
	}
	return n
}

// cpu is the program's processor time between two samples, in microseconds for each of `count`.
func (m measured) cpu(from string, count int) float64 {
	samples := m.Processes["program"]
	if samples == nil || count == 0 {
		return math.NaN()
	}
	return (samples["end"].CPU - samples[from].CPU) / float64(count) / 1000
}

// memory is the growth of the program's resident memory until all streams were open, in KiB a stream.
func (m measured) memory(at string) float64 {
	samples := m.Processes["program"]
	if samples == nil || samples[at].RSS == 0 || m.Streams.Wanted == 0 {
		return math.NaN()
	}
	return (samples[at].RSS - samples["before"].RSS) / float64(m.Streams.Wanted) / 1024
}

// group is the runs of one label, in the order in which the labels first came.
type group struct {
	label string
	runs  []measured
}

// read groups the lines of a file of results by their labels.
func read(path string) ([]group, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	var groups []group
	places := map[string]int{}
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var m measured
		if err := json.Unmarshal(lines.Bytes(), &m); err != nil {
			return nil, err
		}
		at, known := places[m.Label]
		if !known {
			at = len(groups)
			places[m.Label] = at
			groups = append(groups, group{label: m.Label})
		}
		groups[at].runs = append(groups[at].runs, m)
	}
	return groups, lines.Err()
}

// median of a figure over the runs of a group.
func (g group) median(figure func(measured) float64) float64 {
	values := make([]float64, len(g.runs))
	for i, m := range g.runs {
		values[i] = figure(m)
	}
	return median(values)
}

// overLimit is the median of a figure's ratios to the limit's in the same round.
func (g group) overLimit(limit group, figure func(measured) float64) float64 {
	var ratios []float64
	for _, m := range g.runs {
		for _, l := range limit.runs {
			if l.Round == m.Round {
				ratios = append(ratios, figure(m)/figure(l))
			}
		}
	}
	return median(ratios)
}

func median(values []float64) float64 {
	if len(values) == 0 {
		return math.NaN()
	}
	sorted := append([]float64{}, values...)
	sort.Float64s(sorted)
	middle := sorted[len(sorted)/2]
	if len(sorted)%2 == 0 {
		middle = (sorted[len(sorted)/2-1] + middle) / 2
	}
	return middle
}
