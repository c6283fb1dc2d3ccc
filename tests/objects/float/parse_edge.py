# float() of long and borderline decimal strings.
def show(text):
    for line in text.strip().splitlines():
        line = line.strip()
        try:
            print(line, "=>", repr(eval(line)))
        except Exception as e:
            print(line, "!!", type(e).__name__ + ":", e)

show(r"""
[float(s) for s in ('1e-323', '2e-324', '3e-324', '4.94e-324', '2.4703282292062327e-324', '2.4703282292062328e-324')], [float(s) for s in ('1.7976931348623157e308', '1.7976931348623158e308', '1.797693134862315807e308', '1.797693134862315808e308')]
[float(s) for s in ('0.1', '0.10000000000000000555', '0.30000000000000004', '9007199254740993', '9007199254740992.5', '1' + '0' * 400, '0.' + '0' * 400 + '1', '1e' + '0' * 20 + '5')]
[float(s) for s in ('0.5e1', '5E+0', '+.5', '-5.', '00001.5', '1_0.5_0', 'inf', '-Infinity', 'nan')]
float('.')
float('e1')
float('1e+')
float('--1')
float('0b1')
float('1 .5')
float('١e٢')
""")
