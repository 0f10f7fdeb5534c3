package main

import (
	"fmt"
	"html"
	"math"
	"strings"
)

// The colours can be told apart on white and on black, and each line bears its name besides.
var colours = []string{"#7a7a7a", "#2f7fd8", "#d9730d", "#2e9b5b", "#a05fd0", "#d0435a", "#1f9ba6", "#9a8200", "#c77fa8"}

const style = `<style>
text { font: 13px system-ui, sans-serif; fill: #222 }
.title { font-weight: 600; font-size: 15px }
.axis { stroke: #888; fill: none }
.grid { stroke: #8884; fill: none }
@media (prefers-color-scheme: dark) { text { fill: #ddd } }
</style>
`

func svg(width, height int, title string, body string) string {
	return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img">`+"\n<title>%s</title>\n%s"+
		`<text class="title" x="12" y="22">%s</text>`+"\n%s</svg>\n", width, height, width, height, html.EscapeString(title), style,
		html.EscapeString(title), body)
}

// bar is one row of a bar chart; without a value it is left out.
type bar struct {
	label string
	value float64
}

// barChart draws horizontal bars from 0, with their values; axis names the figure and its unit.
func barChart(title, axis string, bars []bar) string {
	const left, right, top, step = 130, 620, 38, 26
	greatest := 0.0
	for _, b := range bars {
		if !math.IsNaN(b.value) {
			greatest = math.Max(greatest, b.value)
		}
	}
	var out strings.Builder
	y := top
	for i, b := range bars {
		if math.IsNaN(b.value) {
			continue
		}
		width := b.value / greatest * (right - left)
		fmt.Fprintf(&out, `<text x="%d" y="%d" text-anchor="end">%s</text><rect x="%d" y="%d" width="%.1f" height="%d" fill="%s"/><text x="%.1f" y="%d">%s</text>`+"\n",
			left-8, y+16, html.EscapeString(b.label), left, y+3, width, step-8, colours[i%len(colours)], left+width+6, y+16, format(b.value))
		y += step
	}
	fmt.Fprintf(&out, `<path class="axis" d="M%d %dV%d"/><text x="%d" y="%d">%s</text>`+"\n", left, top, y, left, y+18, html.EscapeString(axis))
	return svg(700, y+30, title, out.String())
}

// series is a line of a line chart.
type series struct {
	label string
	x, y  []float64
}

// scale maps a value to a place on a logarithmic axis whose ends are powers of ten.
type scale struct{ least, greatest, from, to float64 }

func scaleOf(values []float64, from, to float64) scale {
	least, greatest := math.Inf(1), math.Inf(-1)
	for _, v := range values {
		if v > 0 {
			least, greatest = math.Min(least, math.Log10(v)), math.Max(greatest, math.Log10(v))
		}
	}
	least, greatest = math.Floor(least), math.Ceil(greatest)
	if least == greatest {
		greatest++
	}
	return scale{least, greatest, from, to}
}

func (s scale) at(value float64) float64 {
	return s.from + (math.Log10(value)-s.least)/(s.greatest-s.least)*(s.to-s.from)
}

// lineChart draws lines over logarithmic axes.
func lineChart(title, xAxis, yAxis string, lines []series) string {
	const left, right, top, bottom = 70.0, 520.0, 56.0, 320.0
	var xs, ys []float64
	for _, line := range lines {
		xs, ys = append(xs, line.x...), append(ys, line.y...)
	}
	x, y := scaleOf(xs, left, right), scaleOf(ys, bottom, top)
	var out strings.Builder
	for power := x.least; power <= x.greatest; power++ {
		at := x.at(math.Pow(10, power))
		fmt.Fprintf(&out, `<path class="grid" d="M%.1f %gV%g"/><text x="%.1f" y="%g" text-anchor="middle">%s</text>`+"\n", at, top, bottom, at, bottom+18, tick(power))
	}
	for power := y.least; power <= y.greatest; power++ {
		at := y.at(math.Pow(10, power))
		fmt.Fprintf(&out, `<path class="grid" d="M%g %.1fH%g"/><text x="%g" y="%.1f" text-anchor="end">%s</text>`+"\n", left, at, right, left-8, at+4, tick(power))
	}
	fmt.Fprintf(&out, `<path class="axis" d="M%g %gV%gH%g"/><text x="%g" y="%g" text-anchor="middle">%s</text><text x="12" y="44">%s</text>`+"\n",
		left, top, bottom, right, (left+right)/2, bottom+38, html.EscapeString(xAxis), html.EscapeString(yAxis))
	labels := newLabels(bottom)
	for i, line := range lines {
		colour := colours[i%len(colours)]
		var path strings.Builder
		lastX, lastY := 0.0, 0.0
		for j := range line.x {
			if !(line.y[j] > 0) {
				continue
			}
			letter := "L"
			if path.Len() == 0 {
				letter = "M"
			}
			lastX, lastY = x.at(line.x[j]), y.at(line.y[j])
			fmt.Fprintf(&path, "%s%.1f %.1f", letter, lastX, lastY)
			fmt.Fprintf(&out, `<circle cx="%.1f" cy="%.1f" r="3" fill="%s"/>`, lastX, lastY, colour)
		}
		if path.Len() > 0 {
			fmt.Fprintf(&out, `<path d="%s" fill="none" stroke="%s" stroke-width="2"/><text x="%g" y="%.1f" style="fill:%s">%s</text>`+"\n",
				path.String(), colour, right+8, labels.place(lastY)+4, colour, html.EscapeString(line.label))
		}
	}
	return svg(700, int(bottom)+52, title, out.String())
}

// labels are the places of the lines' names, which must not cover each other.
type labels struct {
	taken  []float64
	bottom float64
}

func newLabels(bottom float64) *labels { return &labels{bottom: bottom} }

// place is the free place nearest to y.
func (l *labels) place(y float64) float64 {
	const height = 15
	for distance := 0.0; ; distance++ {
		for _, candidate := range []float64{y - distance, y + distance} {
			free := candidate <= l.bottom
			for _, t := range l.taken {
				free = free && math.Abs(candidate-t) >= height
			}
			if free {
				l.taken = append(l.taken, candidate)
				return candidate
			}
		}
	}
}

func tick(power float64) string {
	value := math.Pow(10, power)
	if value >= 1 {
		return grouped(int(math.Round(value)))
	}
	return fmt.Sprintf("%.*f", int(-power), value)
}
