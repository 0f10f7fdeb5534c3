package main

import (
	"fmt"
	"os"
	"path/filepath"
)

// plot is a picture, and the block whose table it stands below.
type plot struct{ block, name, title, text string }

// plotsOf draws what there are results for.
func plotsOf(byFile map[string][]group, growth []grown) []plot {
	var plots []plot
	bars := func(block, file, name, title, axis string, of func(measured) float64) {
		var rows []bar
		for _, g := range byFile[file] {
			rows = append(rows, bar{g.label, g.median(of)})
		}
		if rows != nil {
			plots = append(plots, plot{block, name, title, barChart(title, axis, rows)})
		}
	}
	bars("S1", "s1", "first-token", "S1: first token of one client, median", "ms", columns["S1"][0].of)
	bars("S2", "s2", "token-cpu", "S2: processor time a token at full speed", "µs of the program", columns["S2"][0].of)
	bars("S2", "s2", "tokens-per-second", "S2: tokens a second", "tokens a second, all processes on the same machine", columns["S2"][1].of)
	bars("S4", "s4", "history", "S4: histories of 100 messages", "requests a second", columns["S4"][0].of)
	bars("S5", "s5", "leaving", "S5: until the provider is left, median", "ms", columns["S5"][0].of)

	for _, figure := range []struct {
		name, title, axis string
		column            int
	}{
		{"streams-delay", "S3: delay of a token, p99", "ms", 1},
		{"streams-cpu", "S3: processor time a token at one a second, turns included", "µs of the program", 3},
		{"streams-memory", "S3: memory a stream", "KiB", 4},
	} {
		lines, last := overStreams(byFile, columns["S3"][figure.column].of)
		if lines != nil {
			plots = append(plots, plot{last, figure.name, figure.title, lineChart(figure.title, "streams", figure.axis, lines)})
		}
	}
	if lines := overSize(growth); lines != nil {
		const title = "S6: how costs grow"
		plots = append(plots, plot{"S6", "growth", title, lineChart(title, "messages in the chat (a question) or in the store", "ms, median", lines)})
	}
	return plots
}

// writePlots writes them into a folder, and a picture of each below its block's table. `beside` is the folder as the document names it.
func writePlots(plots []plot, folder, beside string, blocks map[string]string) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	for _, p := range plots {
		if err := os.WriteFile(filepath.Join(folder, p.name+".svg"), []byte(p.text), 0o644); err != nil {
			return err
		}
		blocks[p.block] += fmt.Sprintf("\n![%s](%s/%s.svg)\n", p.title, beside, p.name)
	}
	return nil
}

// lineSet collects the points of lines by their labels.
type lineSet struct {
	all    []series
	places map[string]int
}

func (l *lineSet) add(label string, x, y float64) {
	at, known := l.places[label]
	if !known {
		if l.places == nil {
			l.places = map[string]int{}
		}
		at = len(l.all)
		l.places[label] = at
		l.all = append(l.all, series{label: label})
	}
	l.all[at].x = append(l.all[at].x, x)
	l.all[at].y = append(l.all[at].y, y)
}

// overStreams is a line for each contender over the numbers of streams, and the block of the most.
func overStreams(byFile map[string][]group, of func(measured) float64) ([]series, string) {
	var found lineSet
	last := ""
	for _, s := range scenariosOf(byFile, "s3-") {
		for _, g := range byFile[s.file] {
			found.add(g.label, float64(s.size), g.median(of))
		}
		last = s.block
	}
	return found.all, last
}

// overSize is a line for each cost that grows with something.
func overSize(growth []grown) []series {
	var found lineSet
	for _, g := range growth {
		if g.Of != "" {
			found.add(g.What, g.Size, g.P50)
		}
	}
	return found.all
}
