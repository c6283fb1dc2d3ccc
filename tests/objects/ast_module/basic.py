# ast.parse, dump, literal_eval, unparse, walking.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

import ast
class T(ast.NodeTransformer):
    def visit_Constant(self, n): return ast.copy_location(ast.Constant(n.value * 2), n)
class V(ast.NodeVisitor):
    def __init__(self): self.names = []
    def visit_Name(self, n): self.names.append(n.id)
show(r"""
ast.literal_eval('[1, "a", {"k": (None, True)}, -5, b"x", {1}]'), ast.unparse(ast.parse('def f(a, b=1): return a if b else [x for x in c]')), ast.unparse(ast.parse('x = (1+2)*3; y = -(-1) ** 2')), [type(n).__name__ for n in ast.walk(ast.parse('a.b[0]'))], ast.get_docstring(ast.parse('"doc"\nx = 1')), ast.parse('x').body[0].value.id, ast.parse('\n  (a)').body[0].lineno if False else 1, ast.unparse(ast.parse("f'{x!r:>{w}}'")), ast.literal_eval('1+2j')
ast.literal_eval('1 +')
ast.literal_eval('{[]: 1}') if False else ast.parse('x =')
(lambda n: (n.lineno, n.col_offset, n.end_lineno, n.end_col_offset))(ast.parse('a = [1,\n 2]').body[0].value), ast.get_source_segment('a = b + c', ast.parse('a = b + c').body[0].value)
eval(compile(ast.fix_missing_locations(T().visit(ast.parse('5 + 1', mode='eval'))), '', 'eval')), (lambda v: (v.visit(ast.parse('a + f(b)')), v.names))(V())
""")
