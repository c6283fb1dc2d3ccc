# options: --debug
# stdin: break gcd if b == 6\nbreak\nc\nlocals\nstack\nn\np a * 100\nset a = 9\nlocals\nback\nlocals\nn\noperands\ndis\nclear 1\nbreak 9\nfin\nc\nglobals\nsi\nsi\nlist\nundefined_name\nc\n
# differs: the debugger's own texts
def gcd(a, b):
    while b:
        a, b = b, a % b
    return a
print(gcd(30, 24))
print("second")
