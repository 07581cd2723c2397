"""What can go wrong with a download, each in words that a learner can act on."""

import http.client
import os
import ssl

import requests
import urllib3

from ..files import FULL, reason

LASTING = (  # another try won't change them; bad settings and addresses are ValueErrors
    requests.exceptions.SSLError,
    requests.exceptions.ProxyError,
    requests.exceptions.TooManyRedirects,
    ValueError,
)
UNREACHABLE = (requests.exceptions.ConnectTimeout, requests.exceptions.ConnectionError)
OF_THE_NETWORK = (  # all that a request, or reading its answer, is known to raise
    requests.RequestException,
    urllib3.exceptions.HTTPError,
    http.client.HTTPException,
    OSError,
    ValueError,
)
BROKEN_OFF = (urllib3.exceptions.ProtocolError, http.client.HTTPException, ConnectionError)
CERTIFICATES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")  # in the order in which requests looks

PROXIES = ("http_proxy", "https_proxy", "all_proxy")


class TransferError(Exception):
    """This address can't provide the file; the message says why."""


class OtherVersion(TransferError):
    """This address has another version than the part that is here, which must stay as it is."""


class Transient(Exception):
    """A failure that may not happen again. lasts: whether it will; unreachable: no connection."""

    def __init__(self, words, lasts=False, unreachable=False):
        super().__init__(words)
        self.lasts, self.unreachable = lasts, unreachable


class CannotWrite(Exception):
    """The file can't be written, which no other address changes. error: the OSError, or None for
    want of room."""

    def __init__(self, words, error=None):
        super().__init__(words)
        self.error = error


def of_network(error, connect, silence):
    """Return the Transient that says in words what a request raised. connect, silence: seconds."""
    return Transient(
        in_words(error, connect, silence),
        lasts=isinstance(error, LASTING) or type(error) is OSError,
        unreachable=isinstance(error, UNREACHABLE),
    )


def in_words(error, connect, silence):
    """Return what an exception of the network means. connect, silence: the timeouts in seconds."""
    if isinstance(error, requests.exceptions.ConnectTimeout):
        return f"no connection within {connect:g} seconds"
    if isinstance(error, requests.Timeout | urllib3.exceptions.TimeoutError):
        return f"the server was silent for {silence:g} seconds"
    if isinstance(error, requests.exceptions.SSLError):
        return bad_certificates() or (
            "the connection isn't secure: its certificate was not accepted"
        )
    if isinstance(error, requests.exceptions.ProxyError | requests.exceptions.InvalidProxyURL):
        return f"the proxy refused the connection{_proxies()}"
    if isinstance(error, requests.ConnectionError):
        return "no connection"
    if isinstance(error, BROKEN_OFF):
        return "the connection ended too early"
    return bad_certificates() or f"it can't be asked for: {_one_line(error)}{_proxies()}"


def bad_certificates():
    """Return what is wrong with the file of certificates that a variable names, or None."""
    for variable in CERTIFICATES:
        path = os.environ.get(variable)
        if not path:
            continue
        if os.path.isdir(path):
            return None
        try:
            ssl.create_default_context(cafile=path)
            return None
        except ssl.SSLError:
            why = "which holds no certificates"
        except FileNotFoundError:
            why = "which isn't there"
        except OSError as error:
            why = f"which can't be read ({reason(error)})"
        except ValueError as error:
            why = f"which can't be read ({error})"
        return f"{variable} names {shown(path)}, {why}: correct that variable, or unset it"
    return None


def _proxies():
    """Return a hint at the variables that name a proxy, if any is set."""
    names = [
        name for name in os.environ if name.lower() in ("http_proxy", "https_proxy", "all_proxy")
    ]
    named = " and ".join(f"{name} names {shown(os.environ[name])}" for name in sorted(names))
    return f" ({named})" if named else ""


def shown(text):
    """Return text that any terminal can show, whatever bytes it came from; no password in it."""
    text = text.encode("utf-8", "backslashreplace").decode()
    before, at, after = text.rpartition("@")
    return f"{before.partition('//')[0]}//…@{after}" if at and "//" in before else text


def _one_line(error):
    return shown(" ".join(f"{type(error).__name__}: {error}".split()))


def check_room(name, needed, free, folder):
    """Raise CannotWrite if `needed` bytes are more than are free."""
    if needed > free:
        raise CannotWrite(
            f"{name} needs {needed / 1e6:,.1f} MB more, but only {free / 1e6:,.1f} MB are "
            f"free in {folder}. Free some space, or set COURSE_DATA to another folder."
        )


def cannot_write(error, name, folder):
    """Return the CannotWrite for an OSError of a write into a folder."""
    if error.errno in FULL:
        return CannotWrite(
            f"The disk is full: there is no room for {name} in {folder}. The partial download was "
            "removed. Free some space, or set COURSE_DATA to another folder."
        )
    return CannotWrite(
        f"{name} can't be written in {folder}: {reason(error)}. Set COURSE_DATA to another folder.",
        error,
    )
