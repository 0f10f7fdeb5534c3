// Turns the load client's JSON lines into Markdown tables: runs of the same label are one row, with the median over
// the runs and the least and greatest beside it where they matter.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"os"
	"sort"
)

type distribution struct {
	P50, P99, P999, Max float64
}

type sample struct {
	CPU     float64 `json:"cpu_ns"`
	RSS     float64 `json:"rss_bytes"`
	PSS     float64 `json:"pss_bytes"`
	Private float64 `json:"private_bytes"`
}

// measured is one run, as Benchmarks/load/result.go prints it; only what the tables use.
type measured struct {
	Label   string
	Streams struct {
		Wanted, Failed, Stalled int
		OpenAtEnd               int `json:"open_at_end"`
	}
	Events struct {
		All       int
		InWindow  int `json:"in_window"`
		IDGaps    int `json:"id_gaps"`
		IDRepeats int `json:"id_repeats"`
		AfterEnd  int `json:"after_end"`
		Malformed int
	}
	Tokens struct {
		Expected, Received, Missing, Repeated int
	}
	Lateness  distribution                 `json:"lateness_us"`
	Intervals distribution                 `json:"interval_us"`
	First     distribution                 `json:"first_event_us"`
	Window    float64                      `json:"window_s"`
	Wall      float64                      `json:"wall_s"`
	TimedOut  bool                         `json:"timed_out"`
	Problems  []string                     `json:"problems"`
	Processes map[string]map[string]sample `json:"processes"`
}

// faults counts what a correct run has none of, beside lost and doubled events.
func (m measured) faults() int {
	n := m.Streams.Failed + m.Streams.Stalled + m.Events.AfterEnd + m.Events.Malformed
	if m.Window > 0 {
		// A reply that ended before the window did, even well, was no idle stream.
		n += m.Streams.Wanted - m.Streams.OpenAtEnd - m.Streams.Failed
	}
	if m.TimedOut {
		n++
	}
	return n
}

func (m measured) lost() int    { return m.Events.IDGaps + m.Tokens.Missing }
func (m measured) doubled() int { return m.Events.IDRepeats + m.Tokens.Repeated }

// group is the runs of one label, in the order in which the labels first came.
type group struct {
	label string
	runs  []measured
}

func main() {
	log.SetFlags(0)
	log.SetPrefix("report: ")
	table := flag.String("table", "", "held or tokens")
	title := flag.String("title", "", "heading")
	var aims aims
	flag.Float64Var(&aims.memory, "memory-aim", 0, "bytes a stream")
	flag.Float64Var(&aims.lateness, "lateness-aim", 0, "p99, microseconds")
	flag.Float64Var(&aims.cpu, "cpu-aim", 0, "microseconds a token")
	flag.Parse()
	if flag.NArg() != 1 {
		log.Fatal("want one file of results")
	}
	groups, err := read(flag.Arg(0))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("## %s\n\n", *title)
	switch *table {
	case "held":
		printHeld(groups, aims)
	case "tokens":
		printTokens(groups, aims)
	default:
		log.Fatalf("no table %q", *table)
	}
	printProblems(groups)
	fmt.Println()
}

func read(path string) ([]group, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	var groups []group
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var m measured
		if err := json.Unmarshal(lines.Bytes(), &m); err != nil {
			return nil, err
		}
		at := -1
		for i := range groups {
			if groups[i].label == m.Label {
				at = i
			}
		}
		if at < 0 {
			groups = append(groups, group{label: m.Label})
			at = len(groups) - 1
		}
		groups[at].runs = append(groups[at].runs, m)
	}
	return groups, lines.Err()
}

// spread is least, median and greatest of a figure over the runs of a group.
type spread struct{ least, median, greatest float64 }

func (g group) spread(figure func(measured) float64) spread {
	values := make([]float64, len(g.runs))
	for i, m := range g.runs {
		values[i] = figure(m)
	}
	sort.Float64s(values)
	middle := values[len(values)/2]
	if len(values)%2 == 0 {
		middle = (values[len(values)/2-1] + middle) / 2
	}
	return spread{values[0], middle, values[len(values)-1]}
}

func (g group) sum(figure func(measured) int) int {
	total := 0
	for _, m := range g.runs {
		total += figure(m)
	}
	return total
}

func printProblems(groups []group) {
	for _, g := range groups {
		seen := map[string]bool{}
		for _, m := range g.runs {
			for _, problem := range m.Problems {
				if !seen[problem] && len(seen) < 3 {
					seen[problem] = true
					fmt.Printf("\n- **%s**: %s\n", g.label, problem)
				}
			}
		}
	}
}
