"""Byte-level work: SHA-256, CRC-32, base64 and RC4 written out, modular exponentiation of large numbers."""


def fractional_bits(root, count):
    """The first 32 bits of the fractional parts of square or cube roots of the first primes."""
    out = []
    n = 2
    while len(out) < count:
        if all(n % d for d in range(2, int(n ** 0.5) + 1)):
            target = n << (32 * root)
            low, high = 0, 1 << 40
            while high - low > 1:
                middle = (low + high) // 2
                if middle ** root <= target:
                    low = middle
                else:
                    high = middle
            out.append(low & 0xFFFFFFFF)
        n += 1
    return out


START = fractional_bits(2, 8)
ROUNDS = fractional_bits(3, 64)
MASK = 0xFFFFFFFF


def rotate(x, n):
    return (x >> n | x << (32 - n)) & MASK


def sha256(message):
    size = len(message) * 8
    message = message + b"\x80" + bytes((55 - len(message)) % 64) + size.to_bytes(8, "big")
    state = START[:]
    for at in range(0, len(message), 64):
        w = [int.from_bytes(message[at + i:at + i + 4], "big") for i in range(0, 64, 4)]
        for i in range(16, 64):
            a, b = w[i - 15], w[i - 2]
            s0 = rotate(a, 7) ^ rotate(a, 18) ^ a >> 3
            s1 = rotate(b, 17) ^ rotate(b, 19) ^ b >> 10
            w.append((w[i - 16] + s0 + w[i - 7] + s1) & MASK)
        a, b, c, d, e, f, g, h = state
        for i in range(64):
            t1 = (h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + (e & f ^ ~e & g) + ROUNDS[i] + w[i]) & MASK
            t2 = (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + (a & b ^ a & c ^ b & c)
            h, g, f, e, d, c, b, a = g, f, e, (d + t1) & MASK, c, b, a, (t1 + t2) & MASK
        state = [(x + y) & MASK for x, y in zip(state, (a, b, c, d, e, f, g, h))]
    return b"".join(x.to_bytes(4, "big") for x in state).hex()


def crc_table():
    table = []
    for n in range(256):
        for _ in range(8):
            n = n >> 1 ^ (0xEDB88320 if n & 1 else 0)
        table.append(n)
    return table


def crc32(data, table):
    crc = MASK
    for byte in data:
        crc = table[(crc ^ byte) & 255] ^ crc >> 8
    return crc ^ MASK


def base64(data):
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    out = []
    for i in range(0, len(data) - 2, 3):
        n = data[i] << 16 | data[i + 1] << 8 | data[i + 2]
        out.append(letters[n >> 18] + letters[n >> 12 & 63] + letters[n >> 6 & 63] + letters[n & 63])
    return "".join(out)


def rc4(key, data):
    s = list(range(256))
    j = 0
    for i in range(256):
        j = (j + s[i] + key[i % len(key)]) & 255
        s[i], s[j] = s[j], s[i]
    out = bytearray()
    i = j = 0
    for byte in data:
        i = (i + 1) & 255
        j = (j + s[i]) & 255
        s[i], s[j] = s[j], s[i]
        out.append(byte ^ s[(s[i] + s[j]) & 255])
    return bytes(out)


data = bytes(i * 7 & 255 for i in range(1_000_000))
secret = rc4(b"a key", data)
power = pow(0xC0FFEE, (1 << 521) - 1, (1 << 607) - 1)
print(sha256(data[:220_000])[:16], sha256(b"")[:8], crc32(secret, crc_table()), base64(secret)[-8:], power % 1_000_000_007)
