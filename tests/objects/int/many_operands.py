# Thousands of operands of all sizes through every operation on ints and floats: a digest of the results of each.
# needs: 3.14
N=1500
st=[12345]
def rnd(n):
    st[0]=(st[0]*6364136223846793005+1442695040888963407)%(1<<64)
    return (st[0]>>33)%n
def rint():
    k=rnd(8)
    bits=[4,30,61,62,63,64,65,128,200,700,5000][rnd(11)]
    v=0
    for _ in range(bits//31+1): v=(v<<31)|rnd(1<<31)
    v%=1<<bits
    if rnd(5)==0: v=(1<<bits)-rnd(3)
    if rnd(7)==0: v=1<<bits
    if rnd(9)==0: v = v>>(bits//2)<<(bits//2)
    return -v if rnd(2) else v
def rflt():
    k=rnd(12)
    if k==0: return [0.0,-0.0,1.0,-1.0,0.5,float('inf'),float('-inf'),float('nan'),5e-324,1.7976931348623157e308,2.0**53,2.0**62,1e16][rnd(13)]
    m=(rnd(1<<31)<<22)|rnd(1<<22)
    e=rnd(2100)-1074-53 if k<3 else rnd(140)-80
    try: f=m*2.0**e if e>-1000 else m*2.0**(-1000)*2.0**(e+1000)
    except OverflowError: f=float(m)
    if k==11: f=float(round(f)) if abs(f)<1e300 else f
    return -f if rnd(2) else f
import math
digests={}
def note(kind,text):
    digests[kind]=(digests.get(kind,7)*31+sum(ord(c)*(k%1009+1) for k,c in enumerate(text)))%1000000007
def show(f,*a):
    try: r=f(*a)
    except Exception as e: r=type(e).__name__+str(e)[:60]
    try: return repr(r)
    except ValueError as e:
        return 'V'+str(e)+ (hex(r) if isinstance(r,int) else '')
ops=[lambda a,b:a+b,lambda a,b:a-b,lambda a,b:a*b,lambda a,b:a//b,lambda a,b:a%b,lambda a,b:divmod(a,b),lambda a,b:a/b,lambda a,b:a&b,lambda a,b:a|b,lambda a,b:a^b,lambda a,b:a<<(b%300),lambda a,b:a>>(b%300),lambda a,b:(a<b,a<=b,a==b,a!=b,a>b,a>=b),lambda a,b:pow(a,b%20),lambda a,b:pow(a,abs(b)%1000,b),lambda a,b:pow(a,-3,b),lambda a,b:math.gcd(a,b),lambda a,b:math.lcm(a,b),lambda a,b:(float(a),hash(a),a.bit_length(),a.bit_count(),~a,-a,abs(a)),lambda a,b:(hex(a),oct(a),bin(a),format(a,',d'),format(a,'_x'),format(a,'+050,')),lambda a,b:a.to_bytes(700,'little',signed=True)[:20]+a.to_bytes(700,'big',signed=True)[-20:],lambda a,b:math.isqrt(abs(a)),lambda a,b:round(a,-(b%30)),lambda a,b:(int(str(a)),int(hex(a),16)==a,int(oct(a),8)==a), lambda a,b:(math.log(abs(a)),math.log2(abs(a)),math.log10(abs(a))), lambda a,b:a/3, lambda a,b: (a+0.5, a*0.5, 0.5-a, a//0.5 , a%0.7, a**0.5)]
for it in range(N):
    a=rint();b=rint()
    if rnd(10)==0: b=a
    if rnd(10)==0: b=a+rnd(3)-1
    i=rnd(len(ops))
    note(('int',i),show(ops[i],a,b))
fops=[lambda a,b:a+b,lambda a,b:a-b,lambda a,b:a*b,lambda a,b:a/b,lambda a,b:a//b,lambda a,b:a%b,lambda a,b:divmod(a,b),lambda a,b:a**b,lambda a,b:(a<b,a<=b,a==b,a!=b,a>b,a>=b),lambda a,b:(hash(a) if a==a else 0,repr(a),a.hex(),a.is_integer()),lambda a,b:a.as_integer_ratio(),lambda a,b:[round(a,k) for k in (-3,0,1,2,5,17)],lambda a,b:round(a),lambda a,b:(int(a),math.floor(a),math.ceil(a),math.trunc(a)),lambda a,b:[format(a,s) for s in ('.3f','e','.10g','g','%','+.2e','010.3f',',.2f','_','.0f','#.0f','z.1f','.3','20','<20','^20.4')],lambda a,b:float(repr(a)),lambda a,b:float.fromhex(a.hex()),lambda a,b:math.fmod(a,b),lambda a,b:math.remainder(a,b),lambda a,b:(math.hypot(a,b),math.hypot(a,b,1.0),math.dist([a],[b])),lambda a,b:(math.gamma(a),),lambda a,b:math.lgamma(a),lambda a,b:(math.nextafter(a,b),math.nextafter(a,b,steps=5),math.ulp(a)),lambda a,b:math.fsum([a,b,1.0,-a,b/3]),lambda a,b:math.sumprod([a,b,2],[b,a,0.1]),lambda a,b:(math.frexp(a),math.modf(a)),lambda a,b:math.ldexp(a,rnd(3000)-1500),lambda a,b:(complex(a,b)*complex(b,a),complex(a,b)/complex(b,1),complex(a,b)**2,complex(a,b)**-3),lambda a,b:complex(a,b)**complex(0.5,b),lambda a,b:(complex(repr(complex(a,b))),hash(complex(a,b)) if a==a and b==b else 0,str(complex(a,b)),format(complex(a,b),'.3f')), lambda a,b:(complex(a,b)*a,a-complex(a,b),b/complex(a,b),complex(a,b)/a,complex(a,b)==a), lambda a,b: math.fma(a,b,1.5), lambda a,b: math.pow(a,b)]
for it in range(N):
    a=rflt();b=rflt()
    if rnd(8)==0: b=a
    if rnd(8)==0: b=float(rnd(20)-10)
    i=rnd(len(fops))
    note(('float',i),show(fops[i],a,b))
iops=[lambda a,b:(a<b,a<=b,a==b,a!=b,a>b,a>=b,b<a,b==a,b>a),lambda a,b:a+b,lambda a,b:b-a,lambda a,b:a*b,lambda a,b:a/b,lambda a,b:b//a,lambda a,b:b%a,lambda a,b:b**a,lambda a,b:divmod(a,b)]
for it in range(N):
    a=rint();b=rflt()
    if rnd(3)==0 and abs(b)<1e300: b=float(rint()%(1<<1000))
    if rnd(3)==0:
        try: b=float(a)
        except OverflowError: pass
        a+=rnd(3)-1
    i=rnd(len(iops))
    note(('mixed',i),show(iops[i],a,b))
for kind in sorted(digests): print(kind,digests[kind])
