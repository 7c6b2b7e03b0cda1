"""Raw bytes to a service: what no HTTP library would send."""
import socket
import struct
import time


def connect(service, timeout=20, receive=None):
    """receive: bytes of the buffer for what comes back."""
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if receive:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive)
    sock.settimeout(timeout)
    sock.connect((service.address, service.port))
    return sock


def read_all(sock):
    """What comes until the other side closes."""
    got = b""
    while True:
        try:
            piece = sock.recv(65536)
        except ConnectionError:
            return got
        if not piece:
            return got
        got += piece


def send(service, data):
    """What came back to these bytes, until the service closed."""
    with connect(service) as sock:
        try:
            sock.sendall(data)
        except ConnectionError:
            pass
        return read_all(sock)


def reset(sock):
    """Closes as a program that dies: RST instead of FIN."""
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    sock.close()


def half_close(sock):
    """FIN: nothing more comes, and answers are still taken."""
    sock.shutdown(socket.SHUT_WR)


def drip(socks, piece, until, pause=0.2):
    """A piece to each of them now and then; how many the service has closed by `until`."""
    left = list(socks)
    while left and time.monotonic() < until:
        for sock in list(left):
            try:
                sock.sendall(piece)
                sock.settimeout(0.001)
                if sock.recv(65536) == b"":
                    left.remove(sock)
            except (TimeoutError, socket.timeout):
                pass
            except OSError:
                left.remove(sock)
        time.sleep(pause)
    return len(socks) - len(left)


def statuses(got):
    """Of answers that follow each other, by their lengths."""
    found = []
    while got.startswith(b"HTTP/1."):
        head, _, rest = got.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        found.append(int(lines[0].split()[1]))
        lengths = [int(line.split(":")[1]) for line in lines if line.lower().startswith("content-length:")]
        got = rest[lengths[0] if lengths and found[-1] != 100 else 0:]
    return found
