# Assignments, deletions and method calls that change a bytearray, and what they raise.
ba = bytearray(b'0123456789')
def st(code):
    global ba
    ba = bytearray(b'0123456789')
    try: exec(code, {'ba':ba}); print(code, ba)
    except Exception as e: print(code, type(e).__name__, e, ba)
for c in ('ba[2:4]=b"abcdef"','ba[2:8]=b"x"','ba[::2]=b"abcde"','ba[::2]=b"abc"','del ba[::2]','del ba[::-2]','del ba[2:5]','del ba[:3]','ba[:3]=b""','ba[3:3]=b"zz"','ba[8:2]=b"q"','ba[-3:]=[1,2]','ba[1]=300','ba[1]="a"','ba[20]=1','ba["a"]=1','ba[1:3]=5','ba[1:3]="ab"','ba.append(1)','ba.append(256)','ba.append("a")','ba.extend([1,2])','ba.extend("ab")','ba.extend(5)','ba.extend(ba)','ba+=ba','ba*=2','ba*=0','ba*=-1','ba.insert(0,65)','ba.insert(-1,65)','ba.insert(100,65)','ba.pop()','ba.pop(0)','ba.pop(100)','ba.remove(48)','ba.remove(1)','ba.reverse()','ba.clear()','ba[:]=ba','ba[2:4]=ba','m=memoryview(ba);ba.append(1)','m=memoryview(ba);ba[0:1]=b"Z"','m=memoryview(ba);ba[0:1]=b""','m=memoryview(ba);m.release();ba.append(1)','del ba[3]','del ba[30]','del ba["x"]','ba+=5','ba[::3]=range(4)','ba[5:2:-1]=b"xyz"','del ba[100::2]'):
    st(c)
