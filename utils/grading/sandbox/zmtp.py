"""ZeroMQ's protocol (ZMTP 3.0), as much of it as a client of a Jupyter kernel needs.

libzmq reads in a thread of its own and keeps the parts of a message until its last one: a kernel
that sends parts without end would fill the grader's memory. Here nothing is read unless it is asked
for, and every byte is counted; what isn't read waits in the system's buffer, and its sender too.
"""

import socket
import struct
from collections import deque

CHUNK = 1 << 16  # bytes that are read at once
MAX_CHUNKS = 100  # that a handshake may take
FRAME_COST = 64  # bytes that a frame counts for besides its own: empty ones take memory too
WAIT_SECONDS = 10  # for a greeting, and for room to send
MORE, LONG, COMMAND = 1, 2, 4  # flags of a frame
PEER = struct.Struct("3i")  # pid, user, group of a process at a Unix socket
SIGNATURE = b"\xff" + bytes(8) + b"\x7f"
GREETING = SIGNATURE + b"\x03\x00" + b"NULL".ljust(20, b"\0") + bytes(32)


class Ended(Exception):
    """The other side closed the connection."""


class Unreadable(ValueError):
    """The bytes don't follow the protocol."""


class TooMuch(Exception):
    """A message is larger than it may be."""


def _frame(body, flags=0):
    if len(body) < 256:
        return struct.pack("!BB", flags, len(body)) + body
    return struct.pack("!BQ", flags | LONG, len(body)) + body


def _ready(kind):
    return b"\x05READY\x0bSocket-Type" + struct.pack("!I", len(kind)) + kind


class Connection:
    """One connection to a kernel's socket.

    address: str, a path, or (host, port); kind: b"DEALER" or b"SUB", which subscribes to all;
    limit: int, bytes that an unfinished message may hold. messages: deque of what came whole,
    lists of bytes.
    """

    def __init__(self, address, kind, limit):
        self.limit, self.messages = limit, deque()
        self._buffer, self._parts, self._held = bytearray(), [], 0
        self._is_greeted = self._is_ready = False
        family = socket.AF_UNIX if isinstance(address, str) else socket.AF_INET
        self._socket = socket.socket(family, socket.SOCK_STREAM)
        self._socket.settimeout(WAIT_SECONDS)
        try:
            self._socket.connect(address)
            self._socket.sendall(GREETING + _frame(_ready(kind), COMMAND))
            self._shake_hands()
            if kind == b"SUB":
                self.send_multipart([b"\x01"])
        except BaseException:
            self.close()
            raise

    def _shake_hands(self):
        """Read until the other side is ready; commands without end are no handshake."""
        for _ in range(MAX_CHUNKS):
            self.read()
            if self._is_ready:
                return
        raise Unreadable("no end of the handshake")

    def fileno(self):
        return self._socket.fileno()

    def peer(self):
        """Return the pid, as seen from here, of the process that listens at a Unix socket."""
        about = self._socket.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, PEER.size)
        return PEER.unpack(about)[0]

    def close(self):
        self._socket.close()

    def send_multipart(self, parts, copy=True):
        """Send a message, as `Session.send` asks for it; OSError where the other side doesn't
        take it in time."""
        frames = [_frame(bytes(part), MORE) for part in parts[:-1]] + [_frame(bytes(parts[-1]))]
        self._socket.sendall(b"".join(frames))

    def read(self):
        """Read a chunk, and add the messages that are whole now to `messages`.

        Returns what it counts for, in bytes. Raises Ended, Unreadable, TooMuch; TimeoutError where
        nothing comes.
        """
        try:
            chunk = self._socket.recv(CHUNK)
        except ConnectionError:
            chunk = b""
        if not chunk:
            raise Ended
        self._buffer += chunk
        return len(chunk) + FRAME_COST * self._parse()

    def _parse(self):
        """Take the whole frames out of the buffer; return their number."""
        place = count = 0
        if not self._is_greeted:
            if len(self._buffer) < len(GREETING):
                return 0
            self._check_greeting()
            place = len(GREETING)
        while (found := self._next(place)) is not None:
            flags, start, place = found
            self._take(flags, bytes(self._buffer[start:place]))
            count += 1
        del self._buffer[:place]
        return count

    def _check_greeting(self):
        start = bytes(self._buffer[:16])
        if start[:1] != b"\xff" or start[9:10] != b"\x7f" or start[10] < 3 or start[12:] != b"NULL":
            raise Unreadable("no greeting")
        self._is_greeted = True

    def _next(self, place):
        """Return (flags, start, end) of the frame at a place of the buffer, or None."""
        head = bytes(self._buffer[place : place + 9])
        if len(head) < 2 or (head[0] & LONG and len(head) < 9):
            return None
        if head[0] & ~(MORE | LONG | COMMAND):
            raise Unreadable("unknown flags")
        is_long = head[0] & LONG
        start, length = (9, int.from_bytes(head[1:], "big")) if is_long else (2, head[1])
        if self._held + length > self.limit:
            raise TooMuch
        end = place + start + length
        return (head[0], place + start, end) if end <= len(self._buffer) else None

    def _take(self, flags, body):
        if flags & COMMAND:
            self._is_ready = self._is_ready or body.startswith(b"\x05READY")
            return
        if not self._is_ready:
            raise Unreadable("a message before the handshake")
        self._parts.append(body)
        self._held += len(body) + FRAME_COST
        if not flags & MORE:
            self.messages.append(self._parts)
            self._parts, self._held = [], 0
