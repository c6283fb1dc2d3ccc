# urllib.parse.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

from urllib.parse import *
show(r"""
urlparse('http://u:p@host:80/path;pa?q=1&r=2#frag'), urlsplit('//h/p').netloc, urljoin('http://a/b/c', '../d'), urljoin('http://a/b', '//c/d'), quote('a b/é?'), quote_plus('a b&c'), unquote('a%20b%C3%A9'), unquote_plus('a+b'), parse_qs('a=1&a=2&b='), parse_qsl('x=1&y=2'), urlencode({'a': 1, 'b': 'x y'}), urlencode([('k', [1, 2])], doseq=True), urlunparse(('s', 'n', '/p', '', 'q', 'f')), urlparse('http://h:99/').port, urlparse('http://HOST/').hostname, quote(b'\xff'), quote('/', safe=''), urldefrag('u#f').fragment, unquote('%zz'), urlparse('mailto:a@b').path
urlparse('http://h:bad/').port
urlparse('http://[::1')
""")
