"""Stand-in for binascii: hexadecimal text, base64 and CRC-32, written for clearness."""


class Error(ValueError):
    pass


class Incomplete(Exception):
    pass


_ALPHABET = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_VALUES = {c: i for i, c in enumerate(_ALPHABET)}


def _bytes(data):
    return data.encode("ascii") if isinstance(data, str) else bytes(data)


def hexlify(data, sep=None, bytes_per_sep=1):
    text = memoryview(data).hex() if sep is None else memoryview(data).hex(sep, bytes_per_sep)
    return text.encode("ascii")


def unhexlify(hexstr):
    text = _bytes(hexstr)
    if len(text) % 2:
        raise Error("Odd-length string")
    try:
        return bytes(int(text[i:i + 2], 16) for i in range(0, len(text), 2))
    except ValueError:
        raise Error("Non-hexadecimal digit found") from None


b2a_hex, a2b_hex = hexlify, unhexlify


def b2a_base64(data, *, newline=True):
    data = bytes(data)
    out = bytearray()
    for i in range(0, len(data), 3):
        piece = data[i:i + 3]
        number = int.from_bytes(piece.ljust(3, b"\0"), "big")
        quartet = bytes(_ALPHABET[number >> shift & 63] for shift in (18, 12, 6, 0))
        out += quartet[:len(piece) + 1].ljust(4, b"=")
    return bytes(out + b"\n" if newline else out)


def a2b_base64(data, *, strict_mode=False):
    digits = [_VALUES[c] for c in _bytes(data).split(b"=")[0] if c in _VALUES]
    out = bytearray()
    for i in range(0, len(digits), 4):
        piece = digits[i:i + 4]
        if len(piece) == 1:
            raise Error("Invalid base64-encoded string")
        number = 0
        for digit in piece + [0] * (4 - len(piece)):
            number = number << 6 | digit
        out += number.to_bytes(3, "big")[:len(piece) - 1]
    return bytes(out)


_TABLE = []
for _number in range(256):
    for _ in range(8):
        _number = _number >> 1 ^ (0xEDB88320 if _number & 1 else 0)
    _TABLE.append(_number)


def crc32(data, value=0):
    value ^= 0xFFFFFFFF
    for byte in bytes(data):
        value = _TABLE[(value ^ byte) & 255] ^ value >> 8
    return value ^ 0xFFFFFFFF
