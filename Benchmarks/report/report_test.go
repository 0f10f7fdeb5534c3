package main

import (
	"encoding/xml"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const lines = `{"label":"limit","round":1,"tokens":{"received":10},"wall_s":1,"streams":{"opened":1}}
{"label":"chat-fcgi","round":1,"tokens":{"received":5},"wall_s":1,"streams":{"opened":1}}
{"label":"limit","round":2,"tokens":{"received":40},"wall_s":1,"streams":{"opened":1}}
{"label":"chat-fcgi","round":2,"tokens":{"received":10},"wall_s":1,"streams":{"opened":1},"events":{"id_gaps":1}}
{"label":"chat-fcgi","round":3,"tokens":{"received":9},"wall_s":1,"streams":{"opened":1}}
`

func groupsOf(t *testing.T) []group {
	path := filepath.Join(t.TempDir(), "s2.jsonl")
	if err := os.WriteFile(path, []byte(lines), 0o600); err != nil {
		t.Fatal(err)
	}
	groups, err := read(path)
	if err != nil || len(groups) != 2 {
		t.Fatal(groups, err)
	}
	return groups
}

func TestRatiosAreTakenWithinARound(t *testing.T) {
	groups := groupsOf(t)
	received := func(m measured) float64 { return float64(m.Tokens.Received) }
	// 5 of 10 and 10 of 40; the third round has no limit to compare with.
	if ratio := groups[1].overLimit(groups[0], received); ratio != 0.375 {
		t.Fatal(ratio)
	}
	if middle := groups[1].median(received); middle != 9 {
		t.Fatal(middle)
	}
}

func TestALostTokenOfChatFCGIFailsTheRun(t *testing.T) {
	groups := groupsOf(t)
	if !hasFaults(groups) || hasFaults(groups[:1]) {
		t.Fatal("faults are judged wrongly")
	}
	groups[1].label = "go"
	if hasFaults(groups) {
		t.Fatal("another's fault fails the run")
	}
}

func TestATableHasARowForEachContender(t *testing.T) {
	text := table("S2", groupsOf(t))
	if !strings.Contains(text, "| chat-fcgi | – | 9.00 | 0.38 | 3 | 1 |\n") {
		t.Fatal(text)
	}
}

func TestOnlyMarkedBlocksAreReplaced(t *testing.T) {
	text := "a\n<!-- measured: S1 -->\nold\n<!-- end -->\nb\n<!-- measured: S2 -->\nkept\n<!-- end -->\n"
	replaced, err := replaceBlocks(text, map[string]string{"S1": "new\n"})
	if err != nil || replaced != strings.Replace(text, "old", "new", 1) {
		t.Fatal(replaced, err)
	}
	if _, err := replaceBlocks(text, map[string]string{"S9": "new\n"}); err == nil {
		t.Fatal("a table without a place is passed over")
	}
}

func TestNumbersAreWrittenForReaders(t *testing.T) {
	for value, text := range map[float64]string{0.375: "0.38", 12.34: "12.3", 999.6: "1000", 1_000_000: "1,000,000", 12_045: "12,045"} {
		if format(value) != text {
			t.Errorf("%v: %s", value, format(value))
		}
	}
	if format(math.NaN()) != "–" {
		t.Error(format(math.NaN()))
	}
}

func TestPlotsAreXMLWithTheirAxes(t *testing.T) {
	for _, plot := range []string{
		barChart("bars & <more>", "µs", []bar{{"one", 1}, {"none", math.NaN()}, {"two", 2}}),
		lineChart("lines", "streams", "ms", []series{{"one", []float64{1000, 9500}, []float64{0.2, 30}}, {"two", []float64{1000}, []float64{math.NaN()}}}),
	} {
		decoder := xml.NewDecoder(strings.NewReader(plot))
		for {
			if _, err := decoder.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Fatalf("%v in %s", err, plot)
			}
		}
		if strings.Contains(plot, "NaN") || !strings.Contains(plot, `class="axis"`) {
			t.Fatal(plot)
		}
	}
}
