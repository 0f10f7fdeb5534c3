package main

import (
	"fmt"
	"math"
	"strings"
)

// column is a figure of a table; with overLimit the ratio to what the limit had in the same round stands beside it.
type column struct {
	title     string
	of        func(measured) float64
	overLimit bool
}

var milli = func(of func(measured) float64) func(measured) float64 {
	return func(m measured) float64 { return of(m) / 1000 }
}

func tokensReceived(m measured) int { return m.Tokens.Received }

// columns of each scenario's table.
var columns = map[string][]column{
	"S1": {
		{"first token p50, ms", milli(func(m measured) float64 { return m.FirstToken.P50 }), true},
		{"p99, ms", milli(func(m measured) float64 { return m.FirstToken.P99 }), true},
		{"CPU a question, µs", func(m measured) float64 { return m.cpu("before", m.Streams.Opened) }, false},
	},
	"S2": {
		{"CPU a token, µs", func(m measured) float64 { return m.cpu("before", tokensReceived(m)) }, false},
		{"tokens a second", func(m measured) float64 { return float64(tokensReceived(m)) / m.Wall }, true},
	},
	"S3": {
		{"delay of a token p50, ms", milli(func(m measured) float64 { return m.UnderWay.P50 }), true},
		{"p99, ms", milli(func(m measured) float64 { return m.UnderWay.P99 }), true},
		{"first token p99, ms", milli(func(m measured) float64 { return m.FirstToken.P99 }), false},
		{"CPU a token, µs", func(m measured) float64 { return m.cpu("before", tokensReceived(m)) }, false},
		{"memory a stream, KiB", func(m measured) float64 { return m.memory("peak") }, false},
	},
	"S4": {
		{"requests a second", func(m measured) float64 { return m.Requests.PerSecond }, true},
		{"p99, ms", milli(func(m measured) float64 { return m.Requests.Taken.P99 }), false},
		{"CPU a request, µs", func(m measured) float64 { return m.cpu("before", m.Requests.Succeeded) }, false},
		{"KB", func(m measured) float64 { return float64(m.Requests.Bytes) / 1000 }, false},
	},
	"S5": {
		{"closed after p50, ms", milli(closing(func(d distribution) float64 { return d.P50 })), false},
		{"p99, ms", milli(closing(func(d distribution) float64 { return d.P99 })), false},
	},
	"idle": {
		{"delay p99, ms", milli(func(m measured) float64 { return m.Lateness.P99 }), true},
		{"CPU an event, µs", func(m measured) float64 { return m.cpu("start", m.Events.InWindow) }, false},
		{"memory a stream, KiB", func(m measured) float64 { return m.memory("end") }, false},
	},
}

// closing takes a figure of the closings, where there were any.
func closing(of func(distribution) float64) func(measured) float64 {
	return func(m measured) float64 {
		if m.Closing.Count == 0 {
			return math.NaN()
		}
		return of(m.Closing)
	}
}

// table writes a scenario's rows as Markdown.
func table(scenario string, groups []group) string {
	var out strings.Builder
	head, rule := "| |", "|---|"
	for _, c := range columns[scenario] {
		head, rule = head+" "+c.title+" |", rule+"--:|"
		if c.overLimit {
			head, rule = head+" × limit |", rule+"--:|"
		}
	}
	fmt.Fprintf(&out, "%s runs | faults |\n%s--:|--:|\n", head, rule)
	limit := limitOf(groups)
	for _, g := range groups {
		fmt.Fprintf(&out, "| %s |", g.label)
		for _, c := range columns[scenario] {
			fmt.Fprintf(&out, " %s |", format(g.median(c.of)))
			if c.overLimit {
				fmt.Fprintf(&out, " %s |", format(g.overLimit(limit, c.of)))
			}
		}
		faults := 0
		for _, m := range g.runs {
			faults += m.faults()
		}
		fmt.Fprintf(&out, " %d | %d |\n", len(g.runs), faults)
	}
	return out.String()
}

func limitOf(groups []group) group {
	for _, g := range groups {
		if g.label == "limit" {
			return g
		}
	}
	return group{}
}

// format gives three significant digits, and all digits of large numbers.
func format(value float64) string {
	switch size := math.Abs(value); {
	case math.IsNaN(value) || math.IsInf(value, 0):
		return "–"
	case size >= 1000:
		return grouped(int(math.Round(value)))
	case size >= 100:
		return fmt.Sprintf("%.0f", value)
	case size >= 10:
		return fmt.Sprintf("%.1f", value)
	default:
		return fmt.Sprintf("%.2f", value)
	}
}

func grouped(value int) string {
	if value < 1000 {
		return fmt.Sprint(value)
	}
	return fmt.Sprintf("%s,%03d", grouped(value/1000), value%1000)
}
