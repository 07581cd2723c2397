"""The grader's own reader of ZeroMQ's protocol: what it reads is counted, and bounded."""

import socket
import struct
import threading

import pytest
import zmq

from utils.grading.sandbox.zmtp import (
    GREETING,
    Connection,
    Ended,
    TooMuch,
    Unreadable,
    _frame,
    _ready,
)

LIMIT = 1 << 20
READY = _frame(_ready(b"XPUB"), 4)


@pytest.fixture
def address(tmp_path):
    return str(tmp_path / "socket")


def test_it_talks_to_zeromq_itself(address):
    """Requests and answers of every size, in parts, and what is published."""
    with zmq.Context() as context:
        router, publisher = context.socket(zmq.ROUTER), context.socket(zmq.XPUB)
        router.bind(f"ipc://{address}")
        publisher.bind(f"ipc://{address}-2")
        asking = Connection(address, b"DEALER", LIMIT)
        hearing = Connection(f"{address}-2", b"SUB", LIMIT)
        parts = [b"", b"a", b"b" * 255, b"c" * 256, b"d" * 100_000]
        asking.send_multipart(parts)
        name, *came = router.recv_multipart()
        assert came == parts
        router.send_multipart([name, *parts])
        while not asking.messages:
            asking.read()
        assert list(asking.messages) == [parts]
        assert publisher.recv() == b"\x01"  # the subscription
        publisher.send_multipart([b"topic", b"words"])
        while not hearing.messages:
            hearing.read()
        assert list(hearing.messages) == [[b"topic", b"words"]]
        router.close(0)
        with pytest.raises(Ended):
            asking.read()
        for one in (asking, hearing, publisher):
            one.close()


class Hostile:
    """A server that greets, and then sends the same bytes without end. sent: int."""

    def __init__(self, address, data, hello=READY):
        self.server, self.data, self.sent = socket.socket(socket.AF_UNIX), data, 0
        self.hello = GREETING + hello
        self.server.bind(address)
        self.server.listen()
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        connection, _ = self.server.accept()
        connection.sendall(self.hello)
        try:
            while True:
                connection.sendall(self.data)
                self.sent += len(self.data)
        except OSError:
            pass


def _read_on(address):
    connection = Connection(address, b"SUB", LIMIT)
    try:
        while True:
            connection.read()
    finally:
        connection.close()


FLOODS = {
    "parts without end": _frame(b"x" * 60_000, 1),
    "empty parts": b"\x01\x00" * 30_000,
    "one part that is too long": b"\x02" + struct.pack("!Q", 1 << 40) + b"x" * 9_000,
}


@pytest.mark.parametrize("name", FLOODS)
def test_an_unfinished_message_is_bounded(address, name):
    """What isn't read stays with its sender."""
    server = Hostile(address, FLOODS[name])
    with pytest.raises(TooMuch):
        _read_on(address)
    assert server.sent < LIMIT + (1 << 20)


def test_empty_messages_count_too(address):
    """Two bytes each on the wire, and far more in memory."""
    Hostile(address, b"\x00\x00" * 10_000)
    connection = Connection(address, b"SUB", LIMIT)
    already = len(connection.messages)  # some may come with the end of the handshake
    cost = sum(connection.read() for _ in range(20))
    assert cost >= 64 * (len(connection.messages) - already) > 0
    connection.close()


@pytest.mark.parametrize("data", [b"\xf0" * 100, b"\x08\x00"], ids=["many", "one"])
def test_what_is_no_frame_is_refused(address, data):
    """Unknown flags."""
    Hostile(address, data)
    with pytest.raises(Unreadable):
        _read_on(address)


def test_a_handshake_without_end_is_refused(address):
    Hostile(address, _frame(b"\x04PING" + bytes(100), 4) * 1000, hello=b"")
    with pytest.raises(Unreadable):
        Connection(address, b"SUB", LIMIT)
