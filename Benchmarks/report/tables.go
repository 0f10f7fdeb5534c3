package main

import (
	"fmt"
	"math"
)

// aims are the targets; 0 is none.
type aims struct{ memory, lateness, cpu float64 }

// cpuPer is a process's CPU in microseconds for each of `count`, from the sample `from` to the end.
func (m measured) cpuPer(process, from string, count int) float64 {
	samples := m.Processes[process]
	if samples == nil || count == 0 {
		return math.NaN()
	}
	return (samples["end"].CPU - samples[from].CPU) / float64(count) / 1000
}

func (m measured) bytesPerStream(of func(sample) float64) float64 {
	samples := m.Processes["program"]
	if samples == nil || m.Streams.OpenAtEnd == 0 {
		return math.NaN()
	}
	return (of(samples["end"]) - of(samples["before"])) / float64(m.Streams.OpenAtEnd)
}

func rss(s sample) float64     { return s.RSS }
func private(s sample) float64 { return s.Private }

func printHeld(groups []group, aims aims) {
	fmt.Println("| | runs | open at the end | RSS a stream, KiB | private a stream, KiB | PSS at the end, MiB |" +
		" CPU µs an event | nginx µs | client µs | events in the window | lost | doubled | other faults |" +
		" late p50, ms | p99, ms | p99.9, ms | max, ms | interval off p99, ms |")
	fmt.Println("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
	for _, g := range groups {
		inWindow := func(process string) spread {
			return g.spread(func(m measured) float64 { return m.cpuPer(process, "start", m.Events.InWindow) })
		}
		late := func(figure func(measured) float64) string { return format(g.spread(figure).median / 1000) }
		fmt.Printf("| %s | %d | %d | %s | %s | %s | %s | %s | %s | %d | %d | %d | %d | %s | %s | %s | %s | %s |\n",
			g.label, len(g.runs),
			int(g.spread(func(m measured) float64 { return float64(m.Streams.OpenAtEnd) }).least),
			ranged(scaled(g.spread(func(m measured) float64 { return m.bytesPerStream(rss) }), 1024), len(g.runs)),
			format(g.spread(func(m measured) float64 { return m.bytesPerStream(private) }).median/1024),
			format(g.spread(func(m measured) float64 { return m.Processes["program"]["end"].PSS }).median/1048576),
			ranged(inWindow("program"), len(g.runs)), format(inWindow("nginx").median), format(inWindow("client").median),
			g.sum(func(m measured) int { return m.Events.InWindow }),
			g.sum(measured.lost), g.sum(measured.doubled), g.sum(measured.faults),
			late(func(m measured) float64 { return m.Lateness.P50 }),
			ranged(scaled(g.spread(func(m measured) float64 { return m.Lateness.P99 }), 1000), len(g.runs)),
			late(func(m measured) float64 { return m.Lateness.P999 }),
			late(func(m measured) float64 { return m.Lateness.Max }),
			late(func(m measured) float64 { return m.Intervals.P99 }))
	}
	for _, g := range groups {
		if g.label != "chat-fcgi" {
			continue
		}
		fmt.Println()
		memory := g.spread(func(m measured) float64 { return m.bytesPerStream(rss) })
		judge("memory a stream, KiB", memory.median/1024, aims.memory/1024)
		judge("p99 lateness, ms", g.spread(func(m measured) float64 { return m.Lateness.P99 }).median/1000, aims.lateness/1000)
		lost := g.sum(measured.lost) + g.sum(measured.doubled) + g.sum(measured.faults)
		fmt.Printf("- lost, doubled or faulty: %d, aim 0: %s\n", lost, verdict(lost == 0))
	}
}

func printTokens(groups []group, aims aims) {
	fmt.Println("| | runs | CPU µs a token: median | least | against chat-fcgi | tokens/s, median | first event p50, ms |" +
		" nginx µs | provider µs | client µs | tokens | lost | doubled | other faults | RSS at the end, MiB | PSS, MiB |")
	fmt.Println("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
	cpu := func(g group, process string) spread {
		return g.spread(func(m measured) float64 { return m.cpuPer(process, "before", m.Tokens.Received) })
	}
	ours := math.NaN()
	for _, g := range groups {
		if g.label == "chat-fcgi" {
			ours = cpu(g, "program").median
		}
	}
	for _, g := range groups {
		program := cpu(g, "program")
		fmt.Printf("| %s | %d | %s | %s | %s | %s | %s | %s | %s | %s | %d | %d | %d | %d | %s | %s |\n",
			g.label, len(g.runs), format(program.median), format(program.least), times(program.median/ours),
			format(g.spread(func(m measured) float64 { return float64(m.Tokens.Received) / m.Wall }).median),
			format(g.spread(func(m measured) float64 { return m.First.P50 }).median/1000),
			format(cpu(g, "nginx").median), format(cpu(g, "provider").median), format(cpu(g, "client").median),
			g.sum(func(m measured) int { return m.Tokens.Received }),
			g.sum(measured.lost), g.sum(measured.doubled), g.sum(measured.faults),
			format(g.spread(func(m measured) float64 { return m.Processes["program"]["end"].RSS }).median/1048576),
			format(g.spread(func(m measured) float64 { return m.Processes["program"]["end"].PSS }).median/1048576))
	}
	for _, g := range groups {
		if g.label == "chat-fcgi" {
			fmt.Println()
			judge("CPU a token, µs", ours, aims.cpu)
			lost := g.sum(measured.lost) + g.sum(measured.doubled) + g.sum(measured.faults)
			fmt.Printf("- lost, doubled or faulty: %d, aim 0: %s\n", lost, verdict(lost == 0))
		}
	}
}

func judge(what string, value, aim float64) {
	if aim > 0 {
		fmt.Printf("- %s: %s, aim %s or less: %s\n", what, format(value), format(aim), verdict(value <= aim))
	}
}

func verdict(met bool) string {
	if met {
		return "met"
	}
	return "**missed**"
}

func scaled(s spread, by float64) spread { return spread{s.least / by, s.median / by, s.greatest / by} }

// ranged is "median (least to greatest)" where there is more than one run.
func ranged(s spread, runs int) string {
	if runs < 2 {
		return format(s.median)
	}
	return fmt.Sprintf("%s (%s to %s)", format(s.median), format(s.least), format(s.greatest))
}

// format gives three significant digits, and all digits of large numbers.
func format(value float64) string {
	switch size := math.Abs(value); {
	case math.IsNaN(value) || math.IsInf(value, 0):
		return "–"
	case size >= 100:
		return fmt.Sprintf("%.0f", value)
	case size >= 10:
		return fmt.Sprintf("%.1f", value)
	default:
		return fmt.Sprintf("%.2f", value)
	}
}

func times(ratio float64) string {
	if math.IsNaN(ratio) {
		return "–"
	}
	return format(ratio) + "×"
}
