"""The plain agent's API (dialect 4) for the Streamlit page; the standard library alone.

CHAT_FCGI_URL names the server; http://127.0.0.1:8080 if it is not set.
"""

import json
import os
import random
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid

BASE_URL = os.environ.get("CHAT_FCGI_URL", "http://127.0.0.1:8080").rstrip("/")
# The program answers within its own clock of 600 s; a broken line is noticed then at the latest.
TIMEOUT_S = 620
ATTEMPTS = 4
LONGEST_WAIT_S = 30


class APIError(Exception):
    """What the server refused, or 0 for no answer; `detail` is for people."""

    def __init__(self, status, code, detail, retry_after_s=None):
        super().__init__(detail)
        self.status, self.code, self.detail, self.retry_after_s = status, code, detail, retry_after_s

    @property
    def may_pass(self):
        """Whether asking again can help. An answer that failed at its provider would be told the same way again."""
        return (self.status == 0 or self.status in (429, 502, 503, 504)) and not self.code.startswith(("provider_", "token_"))


class APIClient:
    """One user's requests. `token` is a bearer token of the server; without one the client becomes a guest."""

    def __init__(self, base_url=BASE_URL, token=None):
        self.base_url, self.token = base_url, token

    def send_message(self, message, session_id, mode="general", provider=None, model=None):
        """The answer: `response`, `sources`, `provider`, `model`, `status` … However often it is tried, the message counts once."""
        body = {"message": message, "session_id": session_id, "mode": mode, "provider": provider, "model": model}
        return self._request("POST", "/api/agent/chat", {name: value for name, value in body.items() if value is not None},
                             key=str(uuid.uuid4()))

    def status(self):
        """`modes`, and `providers` in the order in which they are asked."""
        return self._request("GET", "/api/agent/status")

    def history(self, session_id):
        try:
            return self._request("GET", f"/api/agent/sessions/{urllib.parse.quote(session_id, safe='')}")["messages"]
        except APIError as error:
            if error.status == 404:  # nothing was said in it yet
                return []
            raise

    def sessions(self):
        return self._request("GET", "/api/v1/chat/sessions")["sessions"]

    def delete_session(self, session_id):
        self._request("DELETE", f"/api/agent/sessions/{urllib.parse.quote(session_id, safe='')}")

    def _become_guest(self):
        """A first token, or a fresh one for the same guest."""
        self.token = self._send("POST", "/api/v1/auth/guest")["token"]

    def _request(self, method, path, body=None, key=None):
        renewed = False
        attempt = 0
        while True:
            try:
                if self.token is None:
                    self._become_guest()
                return self._send(method, path, body, key)
            except APIError as error:
                if error.status == 401 and not renewed:
                    renewed = True
                    self._become_guest()
                    continue
                attempt += 1
                wait = max(error.retry_after_s or 0, 0.5 * 2**attempt * random.uniform(0.5, 1))
                if not error.may_pass or attempt == ATTEMPTS or wait > LONGEST_WAIT_S:
                    raise
                time.sleep(wait)

    def _send(self, method, path, body=None, key=None):
        headers = {"Accept": "application/json"}
        if self.token is not None:
            headers["Authorization"] = f"Bearer {self.token}"
        if key is not None:
            headers["Idempotency-Key"] = key
        data = None
        if body is not None:
            data = json.dumps(body).encode()
            headers["Content-Type"] = "application/json"
        request = urllib.request.Request(self.base_url + path, data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT_S) as response:
                text = response.read()
            return json.loads(text) if text else None
        except urllib.error.HTTPError as error:
            raise self._refusal(error) from None
        except (OSError, ValueError) as error:  # no line, or what came is no answer of this server
            raise APIError(0, "network", f"The server at {self.base_url} cannot be reached.") from error

    @staticmethod
    def _refusal(error):
        try:
            problem = json.loads(error.read())
        except (OSError, ValueError):  # a proxy's page
            problem = {}
        after = error.headers.get("Retry-After", "")
        return APIError(error.code, problem.get("code", ""), problem.get("detail") or f"The server answered with status {error.code}.",
                        int(after) if after.isdigit() else None)
