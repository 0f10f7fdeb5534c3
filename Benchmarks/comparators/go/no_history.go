//go:build !sqlite

package main

import (
	"log"
	"net/http"
)

// newHistory needs SQLite's driver, which only run.sh builds with.
func newHistory(string, string) http.Handler {
	log.Fatal("built without SQLite")
	return nil
}
