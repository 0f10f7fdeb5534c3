package main

import (
	"sort"
)

// result is what a run prints. Counts are over all streams; times are in the unit of their name.
type result struct {
	Label     string                       `json:"label"`
	Round     int                          `json:"round"`
	Streams   streamCounts                 `json:"streams"`
	Events    eventCounts                  `json:"events"`
	Tokens    tokenCounts                  `json:"tokens"`
	Lateness  *distribution                `json:"lateness_us,omitempty"`
	Intervals *distribution                `json:"interval_us,omitempty"`
	First     distribution                 `json:"first_event_us"`
	FirstText distribution                 `json:"first_token_us"`
	UnderWay  *distribution                `json:"under_way_us,omitempty"` // from the provider to the client, each token
	Requests  *requests                    `json:"requests,omitempty"`
	Closing   *distribution                `json:"closing_us,omitempty"` // from a reader's leaving to the closing at the provider
	Window    float64                      `json:"window_s"`             // 0 for a run without one
	Wall      float64                      `json:"wall_s"`
	TimedOut  bool                         `json:"timed_out"`
	Problems  []string                     `json:"problems"`
	Processes map[string]map[string]sample `json:"processes"` // name → before, start, peak, end
}

type streamCounts struct {
	Wanted    int `json:"wanted"`
	Opened    int `json:"opened"`
	OpenAtEnd int `json:"open_at_end"`
	Succeeded int `json:"succeeded"` // ended with the good terminal event
	Failed    int `json:"failed"`    // ended with another, without one, or not at all in a run that waits for the end
	Stalled   int `json:"stalled"`   // silent for two paces at the end of the window
}

type eventCounts struct {
	All       int64 `json:"all"`
	InWindow  int64 `json:"in_window"`
	Pings     int64 `json:"pings"`
	IDGaps    int64 `json:"id_gaps"`
	IDRepeats int64 `json:"id_repeats"`
	AfterEnd  int64 `json:"after_end"`
	Malformed int64 `json:"malformed"`
}

type tokenCounts struct {
	Expected int64 `json:"expected"`
	Received int64 `json:"received"`
	Missing  int64 `json:"missing"`  // numbers jumped over, and numbers after the last one received in a run to the end
	Repeated int64 `json:"repeated"` // doubled or out of order
}

// distribution of many times in microseconds.
type distribution struct {
	Count int   `json:"count"`
	P50   int64 `json:"p50"`
	P99   int64 `json:"p99"`
	P999  int64 `json:"p999"`
	Max   int64 `json:"max"`
}

func distributionOf(values []int64) distribution {
	if len(values) == 0 {
		return distribution{}
	}
	sort.Slice(values, func(a, b int) bool { return values[a] < values[b] })
	at := func(share float64) int64 { return values[int(share*float64(len(values)-1)+0.5)] }
	return distribution{len(values), at(0.5), at(0.99), at(0.999), values[len(values)-1]}
}

func (r *run) result() result {
	out := result{Label: r.options.label, Round: r.options.round, TimedOut: r.timedOut, Wall: float64(r.ended) / 1e9, Problems: []string{}}
	out.Streams.Wanted, out.Streams.Opened = r.options.streams, r.opened
	out.Streams.OpenAtEnd, out.Streams.Stalled = r.openAtEnd, r.stalled
	out.Events.InWindow = r.windowEvents
	if !r.options.drain && r.windowStart > 0 {
		out.Window = float64(r.windowEnd-r.windowStart) / 1e9
	}
	var lateness, intervals, first, firstText []int64
	for i := 0; i < r.opened; i++ {
		s := &r.streams[i]
		r.count(s, &out)
		if s.firstEvent > 0 {
			first = append(first, (s.firstEvent-s.openedAt)/1000)
		}
		if s.firstText > 0 {
			firstText = append(firstText, (s.firstText-s.openedAt)/1000)
		}
		lateness, intervals = appendLateness(s.deviations, lateness, intervals)
	}
	out.First, out.FirstText = distributionOf(first), distributionOf(firstText)
	if len(r.underWay) > 0 {
		underWay := distributionOf(r.underWay)
		out.UnderWay = &underWay
	}
	if r.options.pace > 0 {
		late, apart := distributionOf(lateness), distributionOf(intervals)
		out.Lateness, out.Intervals = &late, &apart
	}
	out.Processes = map[string]map[string]sample{}
	for name := range r.before {
		out.Processes[name] = map[string]sample{"before": r.before[name], "end": r.atEnd[name]}
		if r.atPeak != nil {
			out.Processes[name]["peak"] = r.atPeak[name]
		}
		if r.atStart != nil {
			out.Processes[name]["start"] = r.atStart[name]
		}
	}
	return out
}

// appendLateness turns one stream's deviations from its schedule into lateness: the most punctual event of the window
// is on time by definition, each other one is late by how much worse it did. A source that drifts shows as late here;
// `intervals` (the distance of two neighbours, off by how much from the pace) does not add up and tells the two apart.
func appendLateness(deviations []int32, lateness, intervals []int64) ([]int64, []int64) {
	if len(deviations) == 0 {
		return lateness, intervals
	}
	best := deviations[0]
	for _, d := range deviations {
		if d < best {
			best = d
		}
	}
	for i, d := range deviations {
		lateness = append(lateness, int64(d-best))
		if i > 0 {
			apart := int64(d - deviations[i-1])
			if apart < 0 {
				apart = -apart
			}
			intervals = append(intervals, apart)
		}
	}
	return lateness, intervals
}

func (r *run) count(s *stream, out *result) {
	c := &s.check
	out.Events.All += c.events
	out.Events.Pings += c.pings
	out.Events.IDGaps += c.idGaps
	out.Events.IDRepeats += c.idRepeats
	out.Events.AfterEnd += c.afterEnd
	out.Events.Malformed += c.malformed
	out.Tokens.Received += c.tokens
	out.Tokens.Missing += c.tokenGaps
	out.Tokens.Repeated += c.tokenRepeat
	if r.options.tokens > 0 {
		out.Tokens.Expected += int64(r.options.tokens)
		if r.options.drain {
			out.Tokens.Missing += int64(r.options.tokens) - c.lastToken
		}
	}
	switch {
	case c.ended && c.succeeded:
		out.Streams.Succeeded++
	case !s.heldToEnd || s.firstEvent == 0 || r.options.drain:
		out.Streams.Failed++
	}
	why := s.problem
	if why == "" {
		why = c.complaint
	}
	if why != "" && len(out.Problems) < 5 {
		out.Problems = append(out.Problems, why)
	}
}
