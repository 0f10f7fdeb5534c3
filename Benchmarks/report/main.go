// Turns the results of the measurements into Markdown tables and plots: runs of the same label are one row, with the median over the
// runs. With -document it writes the tables between the marks of that file:
//
//	<!-- measured: S2 -->
//	…
//	<!-- end -->
//
// A scenario without results keeps what stands there. Exits 1 when the limit or chat-fcgi lost, doubled or failed anything.
package main

import (
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strconv"
	"strings"
)

// scenario is a file of results, the block of the document that it makes, and the kind of its table.
type scenario struct {
	file, block, table string
	size               int // streams, where a kind is measured with several numbers of them
}

// scenariosOf gives those that there are results for, in the order of the document.
func scenariosOf(byFile map[string][]group, prefix string) []scenario {
	var found []scenario
	for file := range byFile {
		if !strings.HasPrefix(file, prefix) {
			continue
		}
		kind, size, _ := strings.Cut(file, "-")
		s := scenario{file: file, table: strings.Replace(kind, "s", "S", 1)}
		s.size, _ = strconv.Atoi(size)
		s.block = strings.TrimSpace(s.table + " " + size)
		found = append(found, s)
	}
	sort.Slice(found, func(a, b int) bool {
		return found[a].table < found[b].table || found[a].table == found[b].table && found[a].size < found[b].size
	})
	return found
}

func main() {
	log.SetFlags(0)
	log.SetPrefix("report: ")
	results := flag.String("results", "", "folder of the results")
	only := flag.String("only", "", "leave out results whose files' names do not begin so")
	document := flag.String("document", "", "Markdown file to write the tables into")
	plots := flag.String("plots", "", "folder beside the document to write the plots into")
	flag.Parse()

	byFile, err := readAll(*results, *only)
	if err != nil {
		log.Fatal(err)
	}
	growth, err := readGrowth(filepath.Join(*results, "s6.jsonl"))
	if err != nil {
		log.Fatalf("s6: %v", err)
	}
	blocks := map[string]string{}
	faulty := false
	for _, s := range scenariosOf(byFile, "") {
		groups := byFile[s.file]
		blocks[s.block] = table(s.table, groups)
		fmt.Printf("## %s\n\n%s\n%s", s.block, blocks[s.block], problems(groups))
		faulty = faulty || hasFaults(groups)
	}
	if len(growth) > 0 && strings.HasPrefix("s6", *only) {
		blocks["S6"] = growthTable(growth)
		fmt.Printf("## S6\n\n%s\n", blocks["S6"])
	}
	if facts, err := os.ReadFile(filepath.Join(*results, "machine.md")); err == nil {
		blocks["machine"] = string(facts)
	}
	if *plots != "" {
		if err := writePlots(plotsOf(byFile, growth), *plots, filepath.Base(*plots), blocks); err != nil {
			log.Fatal(err)
		}
	}
	if *document != "" {
		if err := writeBlocks(*document, blocks); err != nil {
			log.Fatal(err)
		}
	}
	if faulty {
		log.Fatal("tokens or replies were lost, doubled or wrong: see the column of faults")
	}
}

// readAll reads the results that the load client wrote, by their files' names without their end.
func readAll(folder, prefix string) (map[string][]group, error) {
	byFile := map[string][]group{}
	paths, err := filepath.Glob(filepath.Join(folder, prefix+"*.jsonl"))
	if err != nil {
		return nil, err
	}
	for _, path := range paths {
		file := strings.TrimSuffix(filepath.Base(path), ".jsonl")
		kind, _, _ := strings.Cut(file, "-")
		if columns[strings.Replace(kind, "s", "S", 1)] == nil {
			continue
		}
		groups, err := read(path)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		if len(groups) > 0 {
			byFile[file] = groups
		}
	}
	return byFile, nil
}

// hasFaults judges the limit and chat-fcgi: what others lose stands in their row.
func hasFaults(groups []group) bool {
	for _, g := range groups {
		for _, m := range g.runs {
			if (g.label == "limit" || strings.HasPrefix(g.label, "chat-fcgi")) && m.faults() > 0 {
				return true
			}
		}
	}
	return false
}

func problems(groups []group) string {
	var out strings.Builder
	for _, g := range groups {
		seen := map[string]bool{}
		for _, m := range g.runs {
			for _, problem := range m.Problems {
				if !seen[problem] && len(seen) < 3 {
					seen[problem] = true
					fmt.Fprintf(&out, "- **%s**: %s\n", g.label, problem)
				}
			}
		}
	}
	if out.Len() > 0 {
		out.WriteString("\n")
	}
	return out.String()
}

var mark = regexp.MustCompile(`(?s)(<!-- measured: ([^>]+?) -->\n).*?(<!-- end -->)`)

// replaceBlocks puts each block between its marks; a block without a mark is an error, a mark without a block keeps what it has.
func replaceBlocks(text string, blocks map[string]string) (string, error) {
	missing := map[string]bool{}
	for name := range blocks {
		missing[name] = true
	}
	text = mark.ReplaceAllStringFunc(text, func(old string) string {
		parts := mark.FindStringSubmatch(old)
		block, known := blocks[parts[2]]
		if !known {
			return old
		}
		delete(missing, parts[2])
		return parts[1] + block + parts[3]
	})
	for name := range missing {
		return "", fmt.Errorf("no <!-- measured: %s --> to write to", name)
	}
	return text, nil
}

func writeBlocks(path string, blocks map[string]string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	replaced, err := replaceBlocks(string(text), blocks)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return os.WriteFile(path, []byte(replaced), 0o644)
}
