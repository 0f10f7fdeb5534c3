//go:build !sqlite

package main

import (
	"log"
	"net/http"
)

// SQLite's driver is there only where run.sh builds.

func newHistory(string, string) http.Handler {
	log.Fatal("built without SQLite")
	return nil
}

func newStore(string) store {
	log.Fatal("built without SQLite")
	return nil
}
