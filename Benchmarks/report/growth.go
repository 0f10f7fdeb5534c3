package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
)

// grown is one figure of how a cost grows, as Benchmarks/growth.py prints it.
type grown struct {
	What string  // a write, a history page, a search …
	Of   string  // what grows; empty for a figure of its own
	Size float64 // how much of it there is
	P50  float64
	P99  float64
	Unit string
}

// readGrowth reads the lines of a file; nothing for one that is not there.
func readGrowth(path string) ([]grown, error) {
	text, err := os.ReadFile(path)
	if os.IsNotExist(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var all []grown
	for _, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		var g grown
		if err := json.Unmarshal([]byte(line), &g); err != nil {
			return nil, err
		}
		all = append(all, g)
	}
	return all, nil
}

func growthTable(all []grown) string {
	var out strings.Builder
	out.WriteString("| | at | p50 | p99 | |\n|---|--:|--:|--:|---|\n")
	for _, g := range all {
		at := "–"
		if g.Of != "" {
			at = format(g.Size) + " " + g.Of
		}
		p99 := "–"
		if g.P99 > 0 {
			p99 = format(g.P99)
		}
		fmt.Fprintf(&out, "| %s | %s | %s | %s | %s |\n", g.What, at, format(g.P50), p99, g.Unit)
	}
	return out.String()
}
