"""A local page for marking written answers: on the loopback interface only, with a secret in its address.

Whoever doesn't know the secret gets nothing, and neither does a page of another site that this machine's
browser shows: the name of the host, the origin and the type of what is sent are checked.
"""

from __future__ import annotations

import hmac
import secrets
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Final

import msgspec

from grader.gradebook.errors import GradebookError
from grader.gradebook.review import Given
from grader.gradebook.review_pages import page

if TYPE_CHECKING:
    from grader.gradebook.review import Review
    from grader.gradebook.written_answers import Question

LOOPBACK: Final = "127.0.0.1"
TOKEN_BYTES: Final = 24
MOST_BYTES: Final = 1 << 20
"""Bytes of a request's body."""
MOST_DIGITS: Final = 8
"""Digits of the length that are looked at: with so many, it is too long."""
PATIENCE: Final = 30
"""Seconds to wait for a request that has begun."""
HEADERS: Final = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
"""What each answer says, besides the policy in the page itself."""


class ReviewServer(ThreadingHTTPServer):
    """Serves the pages of a review.

    Args:
        review: the questions, and where scores go to.
        port: the port; 0: any free one.
        anonymous: whether pages have no names.

    """

    daemon_threads = True

    def __init__(self, review: Review, port: int = 0, *, anonymous: bool = False) -> None:
        super().__init__((LOOPBACK, port), _Handler)
        self.review = review
        self.anonymous = anonymous
        self.token = secrets.token_urlsafe(TOKEN_BYTES)

    @property
    def address(self) -> str:
        """The address of the first page."""
        return f"http://{LOOPBACK}:{self.server_port}/{self.token}/0"

    @property
    def hosts(self) -> frozenset[str]:
        """The names by which a browser on this machine may call it."""
        return frozenset(f"{name}:{self.server_port}" for name in (LOOPBACK, "localhost"))


class _Handler(BaseHTTPRequestHandler):
    server: ReviewServer
    timeout = PATIENCE
    server_version = "Gradbook"
    sys_version = ""

    def do_GET(self) -> None:
        """Send the page of a question."""
        question = self._question()
        if question is None:
            return
        review = self.server.review
        try:
            text = page(review, question, anonymous=self.server.anonymous)
        except GradebookError as error:
            self._send(HTTPStatus.INTERNAL_SERVER_ERROR, str(error).encode(), "text/plain")
            return
        self._send(HTTPStatus.OK, text.encode(), "text/html")

    def do_POST(self) -> None:
        """Record a score, and send what became of it."""
        question = self._question()
        if question is None:
            return
        if self.headers.get_content_type() != "application/json":
            self._send(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
            return
        length = self.headers.get("Content-Length", "")
        if not (length.isascii() and length.isdecimal()) or int(length[:MOST_DIGITS]) > MOST_BYTES:
            self._send(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            return
        try:
            given = msgspec.json.decode(self.rfile.read(int(length)), type=Given)
            outcome = self.server.review.give(question, given)
        except (GradebookError, msgspec.MsgspecError) as error:
            said = msgspec.json.encode({"error": str(error)})
            self._send(HTTPStatus.BAD_REQUEST, said, "application/json")
            return
        status = HTTPStatus.CONFLICT if outcome.meanwhile else HTTPStatus.OK
        self._send(status, msgspec.json.encode(outcome), "application/json")

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002, ANN401 - as it is called
        """Keep the terminal quiet: the address has a secret in it."""

    def _question(self) -> Question | None:
        """Return the question that a request is about; None if it was refused."""
        origin = self.headers.get("Origin")
        is_own = origin is None or origin.removeprefix("http://") in self.server.hosts
        token, _, number = self.path.lstrip("/").partition("/")
        is_known = hmac.compare_digest(token.encode(), self.server.token.encode())
        questions = self.server.review.questions
        if self.headers.get("Host", "") not in self.server.hosts or not is_own or not is_known:
            self._send(HTTPStatus.FORBIDDEN)
        elif not (number.isascii() and number.isdecimal() and int(number[:MOST_DIGITS]) < len(questions)):
            self._send(HTTPStatus.NOT_FOUND)
        else:
            return questions[int(number)]
        return None

    def _send(self, status: HTTPStatus, content: bytes = b"", kind: str = "text/plain") -> None:
        self.send_response(status)
        for name, value in HEADERS.items():
            self.send_header(name, value)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(content)
        self.close_connection = True
