# Huffman coding and LZW compression round trips.
import heapq
def huffman(text):
    freq = {}
    for c in text: freq[c] = freq.get(c, 0) + 1
    heap = [(n, i, c) for i, (c, n) in enumerate(sorted(freq.items()))]; heapq.heapify(heap); k = len(heap)
    while len(heap) > 1:
        a, b = heapq.heappop(heap), heapq.heappop(heap); heapq.heappush(heap, (a[0] + b[0], k, (a[2], b[2]))); k += 1
    codes = {}
    def walk(n, code):
        if isinstance(n, tuple): walk(n[0], code + '0'); walk(n[1], code + '1')
        else: codes[n] = code or '0'
    walk(heap[0][2], ''); return codes
t = 'this is an example of a huffman tree'
codes = huffman(t); bits = ''.join(codes[c] for c in t); back, cur, rev = '', '', {v: k for k, v in codes.items()}
for b in bits:
    cur += b
    if cur in rev: back += rev[cur]; cur = ''
print(len(bits), back == t, sorted(codes.items(), key=lambda kv: (len(kv[1]), kv[0]))[:4])
def lzw(data):
    table, w, out = {chr(i): i for i in range(256)}, '', []
    for c in data:
        if w + c in table: w += c
        else: out.append(table[w]); table[w + c] = len(table); w = c
    return out + ([table[w]] if w else [])
def unlzw(codes):
    table = {i: chr(i) for i in range(256)}; w = out = chr(codes[0])
    for k in codes[1:]:
        e = table[k] if k in table else w + w[0]
        out += e; table[len(table)] = w + e[0]; w = e
    return out
c = lzw('TOBEORNOTTOBEORTOBEORNOT'); print(c, unlzw(c), len(lzw('a' * 500)), unlzw(lzw('ab' * 300)) == 'ab' * 300)
