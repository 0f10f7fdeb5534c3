package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"time"
)

// guestTokens takes as many guests' tokens from the file as it has, and else signs guests in and keeps their tokens there.
func guestTokens(address string, count int, file string) ([]string, error) {
	if text, err := os.ReadFile(file); err == nil && count > 0 {
		return strings.Fields(string(text)), nil
	}
	tokens, err := signInGuests(address, count)
	if err == nil && file != "" {
		err = os.WriteFile(file, []byte(strings.Join(tokens, "\n")), 0o600)
	}
	return tokens, err
}

// signInGuests asks POST /api/v1/auth/guest for as many tokens as there shall be users.
func signInGuests(address string, count int) ([]string, error) {
	if count == 0 {
		return nil, nil
	}
	network, target := "tcp", address
	if strings.HasPrefix(address, "unix:") {
		network, target = "unix", strings.TrimPrefix(address, "unix:")
	}
	client := http.Client{
		Timeout: 10 * time.Second,
		Transport: &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return new(net.Dialer).DialContext(ctx, network, target)
		}},
	}
	defer client.CloseIdleConnections()
	tokens := make([]string, 0, count)
	for len(tokens) < count {
		response, err := client.Post("http://bench/api/v1/auth/guest", "application/json", strings.NewReader("{}"))
		if err != nil {
			return nil, fmt.Errorf("guest sign-in: %w", err)
		}
		body, err := io.ReadAll(io.LimitReader(response.Body, 64<<10))
		response.Body.Close()
		if err != nil {
			return nil, fmt.Errorf("guest sign-in: %w", err)
		}
		var answer struct {
			Token string `json:"token"`
		}
		if response.StatusCode/100 != 2 || json.Unmarshal(body, &answer) != nil || answer.Token == "" {
			return nil, fmt.Errorf("guest sign-in: status %d and no token in the answer", response.StatusCode)
		}
		tokens = append(tokens, answer.Token)
	}
	return tokens, nil
}
