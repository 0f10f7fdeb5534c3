package main

import (
	"context"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"
)

func TestAModelsNameIsAScript(t *testing.T) {
	for model, wanted := range map[string]script{
		"tokens-20":             {tokens: 20},
		"tokens-4-stepped":      {tokens: 4, stepped: true},
		"tokens-20-together":    {tokens: 20, together: true},
		"tokens-3-every-1000ms": {tokens: 3, every: time.Second},
	} {
		if s, err := parseScript(model); err != nil || s != wanted {
			t.Errorf("%s: %+v %v", model, s, err)
		}
	}
	if _, err := parseScript("tokens-20-then"); err == nil {
		t.Error("another name is a script")
	}
}

func TestTheLastScriptOfATextIsWhatIsAsked(t *testing.T) {
	s, err := scriptIn([]byte(`{"messages":[{"content":"tokens-1"},{"content":"hello tokens-7-every-25ms"}]}`))
	if err != nil || s != (script{tokens: 7, every: 25 * time.Millisecond}) {
		t.Fatal(s, err)
	}
	if _, err := scriptIn([]byte("hello")); err == nil {
		t.Fatal("a text without a script has one")
	}
}

func played(t *testing.T, model string) string {
	s, err := parseScript(model)
	if err != nil {
		t.Fatal(err)
	}
	recorder := httptest.NewRecorder()
	if !play(recorder, context.Background(), request{Model: model, Stream: true}, s) {
		t.Fatal("the reader left")
	}
	return recorder.Body.String()
}

func TestPacedTokensSayWhenTheyWereSent(t *testing.T) {
	stamps := regexp.MustCompile(`"tok[12]@(\d+) "`).FindAllStringSubmatch(played(t, "tokens-2-every-1ms"), -1)
	if len(stamps) != 2 || stamps[0][1] >= stamps[1][1] {
		t.Fatal(stamps)
	}
	if text := played(t, "tokens-2"); !strings.Contains(text, `"tok2 "`) || strings.Contains(text, "@") {
		t.Fatal(text)
	}
}

func TestClosingsAreToldInOrder(t *testing.T) {
	c := newClosings()
	ask := func(query string) string {
		recorder := httptest.NewRecorder()
		c.serve(recorder, httptest.NewRequest("GET", "/closings"+query, nil))
		return strings.TrimSpace(recorder.Body.String())
	}
	if ask("") != "0" {
		t.Fatal(ask(""))
	}
	waiting := make(chan string)
	go func() { waiting <- ask("?after=0") }()
	c.add()
	first := <-waiting
	c.add()
	if ask("") != "2" || ask("?after=0") != first || ask("?after=1") < first {
		t.Fatal(ask(""), first)
	}
}
