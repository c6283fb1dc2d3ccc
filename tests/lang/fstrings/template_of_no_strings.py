# A tree made by hand may put anything between a template's interpolations; Krait wants strs there.
# differs: CPython makes the template, and then takes what is no str for one
import ast

for values in ([ast.Constant(3)], [ast.Name("x", ast.Load()), ast.Interpolation(ast.Name("x", ast.Load()), "x", -1, None)]):
    tree = ast.fix_missing_locations(ast.Expression(ast.TemplateStr(values)))
    try:
        t = eval(compile(tree, "tree", "eval"), {"x": 5})
        print(list(t), list(t + t))
    except TypeError as e:
        print(e)
