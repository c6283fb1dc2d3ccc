# Tokenising operators with and without spaces.
a=5;b=3
print(a+b,a-b,a*b,a/b,a//b,a%b,a**b,a<<b,a>>b,a&b,a|b,a^b,~a,-a,+a)
print(a<b,a>b,a<=b,a>=b,a==b,a!=b)
print(a-+-b,a- -b,a--b,a+-+b,~-a,-~a)
print(a<b<a,a>b>-a,not a,not-a,not(a))
print(a if a>b else b,lambda:a)if 0 else print("x")
a+=1;a-=2;a*=3;a//=2;a**=2;a%=17;a<<=3;a>>=1;a|=1;a&=0xff;a^=3
print(a)
print(1if 1else 2,[1]if[]else[2],"a"if""else"b")
print(0xfor 1) if False else print(1 or 2)
x:int=5
print(x,(y:=6),y)
print([1,2,3][1:],[1,2,3][:-1],[1,2,3][::2],[1,2,3][::-1])
print(1<2==True,(1<2)==True,not 1==2)
