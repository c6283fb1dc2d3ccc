# argparse on given lists.
def run(number, source):
    print('#', number)
    try:
        exec(source, {'__name__': 'sample'})
    except BaseException as e:
        print(type(e).__name__ + ':', e)

SNIPPETS = r'''
import argparse
p = argparse.ArgumentParser(prog='prog'); p.add_argument('x', type=int); p.add_argument('-v', '--verbose', action='store_true'); p.add_argument('-n', '--name', default='d')
print(p.parse_args(['5']), p.parse_args(['5', '-v', '--name', 'z']), p.parse_args(['-nq', '1']).name)
---
import argparse
p = argparse.ArgumentParser(prog='prog'); p.add_argument('--k', choices=['a', 'b']); p.add_argument('--i', type=int, required=True); p.add_argument('--l', nargs=2); p.add_argument('-c', action='count', default=0); p.add_argument('--no', dest='yes', action='store_false'); p.add_argument('--app', action='append')
print(p.parse_args(['--i', '3', '--k', 'a', '--l', '1', '2', '-ccc', '--no', '--app', 'x', '--app', 'y']))
---
import argparse
p = argparse.ArgumentParser(prog='prog'); s = p.add_subparsers(dest='cmd'); a = s.add_parser('add'); a.add_argument('n', type=int); s.add_parser('del')
print(p.parse_args(['add', '5']), p.parse_args(['del']), p.parse_known_args(['del', '--zz']))
---
import argparse
p = argparse.ArgumentParser(prog='prog', exit_on_error=False); p.add_argument('x', type=int)
p.parse_args(['notint'])
---
import argparse, contextlib, io
p = argparse.ArgumentParser(prog='prog'); p.add_argument('x')
with contextlib.redirect_stderr(io.StringIO()) as f:
    try: p.parse_args([])
    except SystemExit as e: print('exit', e.code)
print(f.getvalue())
'''
for number, source in enumerate(SNIPPETS.split('\n---\n'), 1):
    run(number, source.strip('\n') + '\n')
