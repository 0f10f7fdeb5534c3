//go:build sqlite

package main

import (
	"database/sql"
	"encoding/json"
	"io"
	"log"
	"net/http"
	"os"
	"strconv"

	_ "github.com/mattn/go-sqlite3" // Debian's golang-github-mattn-go-sqlite3-dev, on the system's SQLite
)

// history serves the messages of a conversation from SQLite, as POST /api/v1/chat/history of chat-fcgi does.
type history struct{ page *sql.Stmt }

type storedMessage struct {
	ID        string          `json:"message_id"`
	Role      string          `json:"role"`
	Content   string          `json:"content"`
	Status    string          `json:"status"`
	CreatedAt string          `json:"created_at"`
	InReplyTo string          `json:"in_reply_to,omitempty"`
	Provider  string          `json:"provider,omitempty"`
	Model     string          `json:"model,omitempty"`
	Agent     string          `json:"agent,omitempty"`
	Usage     json.RawMessage `json:"usage,omitempty"`
	Metrics   json.RawMessage `json:"metrics,omitempty"`
}

type historyPage struct {
	SessionID  string          `json:"session_id"`
	Messages   []storedMessage `json:"messages"`
	HasMore    bool            `json:"has_more"`
	NextBefore *string         `json:"next_before"`
	NextAfter  *string         `json:"next_after"`
}

// newHistory fills a database anew with the conversation of a file, which is such a page.
func newHistory(path, database string) http.Handler {
	text, err := os.ReadFile(path)
	if err != nil {
		log.Fatal(err)
	}
	var page historyPage
	if err := json.Unmarshal(text, &page); err != nil {
		log.Fatal(err)
	}
	db, err := sql.Open("sqlite3", "file:"+database+"?_journal_mode=WAL&_synchronous=NORMAL")
	if err != nil {
		log.Fatal(err)
	}
	run := func(statement string, values ...any) {
		if _, err := db.Exec(statement, values...); err != nil {
			log.Fatal(err)
		}
	}
	run(`CREATE TABLE messages (id INTEGER PRIMARY KEY, session TEXT NOT NULL, name TEXT NOT NULL, role TEXT NOT NULL, content TEXT NOT NULL,
		status TEXT NOT NULL, created_at TEXT NOT NULL, in_reply_to TEXT NOT NULL, provider TEXT NOT NULL, model TEXT NOT NULL,
		agent TEXT NOT NULL, usage BLOB, metrics BLOB)`)
	run("CREATE INDEX messages_session ON messages (session, id)")
	for _, m := range page.Messages {
		run("INSERT INTO messages VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", page.SessionID, m.ID, m.Role, m.Content, m.Status, m.CreatedAt,
			m.InReplyTo, m.Provider, m.Model, m.Agent, []byte(m.Usage), []byte(m.Metrics))
	}
	statement, err := db.Prepare(`SELECT name, role, content, status, created_at, in_reply_to, provider, model, agent, usage, metrics FROM messages
		WHERE session = ? ORDER BY id DESC LIMIT ?`)
	if err != nil {
		log.Fatal(err)
	}
	return history{statement}
}

func (h history) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var wanted struct {
		SessionID string `json:"session_id"`
		Limit     int    `json:"limit"`
	}
	if err := json.NewDecoder(io.LimitReader(r.Body, 1<<20)).Decode(&wanted); err != nil {
		http.Error(w, "want a session", http.StatusBadRequest)
		return
	}
	page, err := h.read(wanted.SessionID, wanted.Limit)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	body, err := json.Marshal(page)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.Write(body)
}

// read asks for one more than wanted, to know whether there are more, and turns the order about.
func (h history) read(session string, limit int) (historyPage, error) {
	page := historyPage{SessionID: session, Messages: make([]storedMessage, 0, limit+1)}
	rows, err := h.page.Query(session, limit+1)
	if err != nil {
		return page, err
	}
	defer rows.Close()
	for rows.Next() {
		var m storedMessage
		if err := rows.Scan(&m.ID, &m.Role, &m.Content, &m.Status, &m.CreatedAt, &m.InReplyTo, &m.Provider, &m.Model, &m.Agent,
			(*[]byte)(&m.Usage), (*[]byte)(&m.Metrics)); err != nil {
			return page, err
		}
		page.Messages = append(page.Messages, m)
	}
	if len(page.Messages) > limit {
		page.Messages, page.HasMore = page.Messages[:limit], true
		page.NextBefore = &page.Messages[limit-1].ID
	}
	for i, j := 0, len(page.Messages)-1; i < j; i, j = i+1, j-1 {
		page.Messages[i], page.Messages[j] = page.Messages[j], page.Messages[i]
	}
	return page, rows.Err()
}
