//go:build sqlite

package main

import (
	"database/sql"
	"log"
)

// sqliteStore keeps each question, committed before its first event, and each reply at its end: WAL, synchronous NORMAL, one writer.
type sqliteStore struct {
	db             *sql.DB
	ask, open, end *sql.Stmt
}

func newStore(database string) store {
	db, err := sql.Open("sqlite3", "file:"+database+"?_journal_mode=WAL&_synchronous=NORMAL&_txlock=immediate")
	if err != nil {
		log.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	if _, err := db.Exec(`CREATE TABLE messages (id INTEGER PRIMARY KEY, role TEXT NOT NULL, status TEXT NOT NULL, content TEXT NOT NULL,
		in_reply_to INTEGER, created_at INTEGER NOT NULL DEFAULT (unixepoch()))`); err != nil {
		log.Fatal(err)
	}
	prepare := func(text string) *sql.Stmt {
		statement, err := db.Prepare(text)
		if err != nil {
			log.Fatal(err)
		}
		return statement
	}
	return &sqliteStore{
		db:   db,
		ask:  prepare("INSERT INTO messages (role, status, content) VALUES ('user', 'complete', ?)"),
		open: prepare("INSERT INTO messages (role, status, content, in_reply_to) VALUES ('assistant', 'streaming', '', ?)"),
		end:  prepare("UPDATE messages SET status = ?, content = ? WHERE id = ?"),
	}
}

func (s *sqliteStore) begin(question string) (int64, error) {
	transaction, err := s.db.Begin()
	if err != nil {
		return 0, err
	}
	defer transaction.Rollback() // does nothing after the commit
	asked, err := transaction.Stmt(s.ask).Exec(question)
	if err != nil {
		return 0, err
	}
	id, _ := asked.LastInsertId()
	opened, err := transaction.Stmt(s.open).Exec(id)
	if err != nil {
		return 0, err
	}
	reply, _ := opened.LastInsertId()
	return reply, transaction.Commit()
}

func (s *sqliteStore) finish(reply int64, text, status string) error {
	_, err := s.end.Exec(status, text, reply)
	return err
}
