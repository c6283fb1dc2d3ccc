// The page of --trace=html: one file, nothing loaded from elsewhere.
#include "observe/recorder.hpp"

namespace krait {

const char* const kHtmlPage = R"PAGE(<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>krait trace</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
:root{--ink:#1d2433;--soft:#5d6880;--line:#dfe4ee;--paper:#f6f7fb;--card:#fff;--hot:#fff3c4;--mark:#e8a800;--blue:#2f5fd0;--green:#1d7f5c;--red:#c0392b;--code:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}
@media (prefers-color-scheme:dark){:root{--ink:#e4e8f2;--soft:#98a3ba;--line:#333c4f;--paper:#161b26;--card:#1f2634;--hot:#4a4020;--mark:#e8b83a;--blue:#7fa6ff;--green:#63c7a0;--red:#ff8a7a}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:14px/1.45 system-ui,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;height:100vh;display:flex;flex-direction:column}
header{display:flex;gap:12px;align-items:center;padding:10px 16px;background:var(--card);border-bottom:1px solid var(--line)}
header b{font-size:15px;letter-spacing:.02em}header b span{color:var(--blue)}
button{font:inherit;border:1px solid var(--line);background:var(--paper);color:var(--ink);border-radius:7px;padding:4px 11px;cursor:pointer}
button:hover{border-color:var(--blue);color:var(--blue)}
#slider{flex:1;accent-color:var(--blue);min-width:80px}
#count{font-variant-numeric:tabular-nums;color:var(--soft);min-width:118px;text-align:right}
#remark{min-height:26px;padding:3px 16px;color:var(--green);font-family:var(--code);font-size:12.5px;background:var(--card);border-bottom:1px solid var(--line)}
#remark.bad{color:var(--red)}
main{flex:1;min-height:0;display:grid;grid-template-columns:minmax(300px,5fr) minmax(300px,4fr) minmax(340px,6fr);gap:12px;padding:12px 16px}
.col{display:flex;flex-direction:column;gap:12px;min-height:0;min-width:0}
section{background:var(--card);border:1px solid var(--line);border-radius:10px;display:flex;flex-direction:column;min-height:0;overflow:hidden}
section>h2{margin:0;padding:7px 12px;font-size:11px;letter-spacing:.09em;text-transform:uppercase;color:var(--soft);border-bottom:1px solid var(--line);font-weight:600}h2 i{font-style:normal;text-transform:none;letter-spacing:0;font-family:var(--code);font-size:12px;color:var(--ink)}
.scroll{overflow:auto;min-height:0;flex:1}
.mono{font-family:var(--code);font-size:12.5px}
#source .row,#code .row{display:flex;white-space:pre;padding:0 10px;border-left:3px solid transparent}
#source .no,#code .no{color:var(--soft);width:3.2em;text-align:right;margin-right:1em;flex:none;user-select:none;opacity:.8}
.row.on{background:var(--hot);border-left-color:var(--mark)!important}
#code .op{min-width:12.5em}#code .arg{color:var(--soft);min-width:2.6em;text-align:right;margin-right:1em}#code .to{color:var(--green)}#code .target .no::before{content:"\203A";color:var(--blue);margin-right:3px}
#stack{display:flex;flex-direction:column-reverse;justify-content:flex-end;gap:4px;padding:10px 12px;min-height:64px}
#stack .v{border:1px solid var(--line);border-radius:6px;padding:2px 8px;background:var(--paper)}
#stack .v:last-child{border-color:var(--mark);background:var(--hot)}
.none{color:var(--soft);font-style:italic;font-family:inherit}
#world{position:relative;display:flex;gap:46px;padding:12px;min-width:max-content;align-items:flex-start}
#arrows{position:absolute;left:0;top:0;pointer-events:none;overflow:visible;z-index:1}
#arrows path{fill:none;stroke:var(--blue);stroke-width:1.4;opacity:.75}
#frames,#heap{display:flex;flex-direction:column;gap:10px;position:relative}
.frame,.obj{border:1px solid var(--line);border-radius:8px;background:var(--card);min-width:150px;max-width:330px;box-shadow:0 1px 2px #0001}
.frame>div:first-child,.obj>div:first-child{padding:3px 9px;font-weight:600;font-size:12.5px;background:var(--paper);border-radius:8px 8px 0 0;border-bottom:1px solid var(--line)}
.frame.top{border-color:var(--mark)}.frame.top>div:first-child{background:var(--hot)}
.obj>div:first-child{color:var(--green);font-weight:500}
table{border-collapse:collapse;font-family:var(--code);font-size:12.5px;margin:3px 0;width:100%}
td{padding:1px 9px;vertical-align:top}td:first-child{color:var(--soft);text-align:right;width:1%}td:last-child{word-break:break-all}
.ref{display:inline-block;width:9px;height:9px;border-radius:50%;background:var(--blue)}
.new td:last-child{background:var(--hot)}
#out{padding:8px 12px;white-space:pre-wrap;margin:0}
kbd{font:11px var(--code);border:1px solid var(--line);border-radius:4px;padding:0 4px;background:var(--paper)}
.keys{color:var(--soft);font-size:12px}
@media (max-width:1000px){main{grid-template-columns:1fr;overflow:auto}section{min-height:180px}.keys{display:none}}
</style></head><body>
<header><b>krait <span>trace</span></b>
<button id="first" title="Home">&#8676;</button><button id="back" title="Left">&#9664; Back</button><button id="next" title="Right">Next &#9654;</button><button id="last" title="End">&#8677;</button>
<input id="slider" type="range" min="0" value="0" aria-label="step"><span id="count"></span>
<span class="keys"><kbd>&larr;</kbd> <kbd>&rarr;</kbd> instruction <kbd>&uarr;</kbd> <kbd>&darr;</kbd> line <kbd>Home</kbd> <kbd>End</kbd></span></header>
<div id="remark"></div>
<main>
<div class="col"><section style="flex:3"><h2 id="file">Source</h2><div id="source" class="scroll mono"></div></section>
<section style="flex:1.2"><h2>Output so far</h2><div class="scroll"><pre id="out" class="mono"></pre></div></section></div>
<div class="col"><section style="flex:3"><h2 id="codename">Instructions</h2><div id="code" class="scroll mono"></div></section>
<section style="flex:1.4"><h2>Operand stack</h2><div class="scroll"><div id="stack" class="mono"></div></div></section></div>
<div class="col"><section style="flex:1"><h2>Frames and objects</h2><div class="scroll"><div id="world"><svg id="arrows"></svg><div id="frames"></div><div id="heap"></div></div></div></section></div>
</main>
<script>
"use strict";
const D=/*DATA*/;
const $=id=>document.getElementById(id), S=D.steps, N=S.length;
const EVERY=200, keys=[];
let state={frames:[],heap:{},out:0,remark:"",end:false}, at=-1, output="";
const outAt=[];
// Steps hold what changed; every EVERY-th state is kept whole, so any step is at most EVERY changes away.
function apply(st,s){
  if(s.end){st.end=true;st.remark="The program has ended.";return}
  st.end=false;st.frames.length=Math.min(st.frames.length,s.d);
  for(const [i,fresh,code,instr,names,stack] of s.f){
    let f=st.frames[i];
    f=fresh||!f?{code,instr,names:{},stack,changed:{}}:{code,instr,names:{...f.names},stack,changed:{}};
    for(const k in names){if(names[k]===null)delete f.names[k];else{f.names[k]=names[k];f.changed[k]=1}}
    st.frames[i]=f;
  }
  const touched=new Set(s.f.map(x=>x[0]));
  st.frames.forEach((f,i)=>{if(!touched.has(i)&&Object.keys(f.changed).length)st.frames[i]={...f,changed:{}}});
  st.fresh={};
  if(s.h){st.heap={...st.heap};for(const k in s.h){if(s.h[k]===null)delete st.heap[k];else{st.heap[k]=s.h[k];st.fresh[k]=1}}}
  st.remark=s.r||"";
}
const copy=st=>({frames:st.frames.slice(),heap:st.heap,out:st.out,remark:st.remark,end:st.end,fresh:st.fresh});
(function(){const st={frames:[],heap:{},remark:"",end:false};
  for(let i=0;i<N;i++){apply(st,S[i]);if(S[i].o)output+=S[i].o;outAt[i]=output.length;if(i%EVERY===0)keys.push(copy(st))}})();
function go(to){
  to=Math.max(0,Math.min(N-1,to));if(to===at)return;
  let i;
  if(at>=0&&to>at&&to-at<EVERY){i=at+1}else{const k=Math.floor(to/EVERY);state=copy(keys[k]);i=k*EVERY+1}
  for(;i<=to;i++)apply(state,S[i]);
  at=to;draw();
}
const el=(tag,cls,text)=>{const e=document.createElement(tag);if(cls)e.className=cls;if(text!==undefined)e.textContent=text;return e};
function val(v){
  if(typeof v==="number"){const e=el("span","ref");e.dataset.to=v;const o=state.heap[v];e.title=o?o[0]:"";return e}
  return document.createTextNode(v);
}
const head=(id,what,name)=>{$(id).replaceChildren(what,el("i","",name))};
let shownFile=-1,shownCode=-1;
const lineOf=f=>{const c=D.codes[f.code].code[f.instr];return c?c[0]:0};
function draw(){
  const top=state.frames[state.frames.length-1];
  $("slider").value=at;$("count").textContent="step "+(at+1)+" of "+N;
  $("remark").textContent=state.remark||(top&&!state.end?describe(top):"");
  $("remark").className=state.remark.startsWith("raises")?"bad":"";
  if(top&&!state.end){
    const code=D.codes[top.code];
    if(code.file!==shownFile){shownFile=code.file;const box=$("source");box.replaceChildren();head("file","Source ",D.files[shownFile].name);
      D.files[shownFile].text.split("\n").forEach((t,i,all)=>{if(i===all.length-1&&!t)return;const r=el("div","row");r.append(el("span","no",i+1),el("span","",t));box.append(r)})}
    mark($("source"),lineOf(top)-1);
    if(top.code!==shownCode){shownCode=top.code;const box=$("code");box.replaceChildren();head("codename","Instructions of ",code.name);
      code.code.forEach((c,i)=>{const r=el("div","row"+(c[4]?" target":""));r.append(el("span","no",i),el("span","op",c[1]),el("span","arg",c[2]===null?"":c[2]),el("span","to",c[3]));box.append(r)})}
    mark($("code"),top.instr);
  }
  const stack=$("stack");stack.replaceChildren();
  if(!top||!top.stack.length||state.end)stack.append(el("span","none","empty"));
  else top.stack.forEach(v=>{const e=el("div","v");e.append(val(v));stack.append(e)});
  const frames=$("frames");frames.replaceChildren();
  state.frames.forEach((f,i)=>{const box=el("div","frame"+(i===state.frames.length-1?" top":""));
    box.append(el("div","",D.codes[f.code].name+"  :"+lineOf(f)));box.append(table(Object.entries(f.names),f.changed));frames.append(box)});
  const heap=$("heap");heap.replaceChildren();
  for(const id in state.heap){const o=state.heap[id];const box=el("div","obj");box.id="o"+id;box.append(el("div","",o[0]));box.append(table(o[1],{}));heap.append(box)}
  $("out").textContent=output.slice(0,outAt[at]);
  const sc=$("out").parentElement;sc.scrollTop=sc.scrollHeight;
  arrows();
}
function describe(f){const c=D.codes[f.code].code[f.instr];return c?c[1]+(c[2]===null?"":" "+c[2])+(c[3]?"  ("+c[3]+")":""):""}
function table(rows,changed){const t=el("table");
  if(!rows.length){const r=el("tr"),d=el("td","none","empty");d.style.textAlign="left";d.style.width="auto";r.append(d);t.append(r)}
  for(const [k,v] of rows){const r=el("tr",changed[k]?"new":"");const d=el("td");d.append(val(v));r.append(el("td","",k),d);t.append(r)}return t}
function mark(box,i){const old=box.querySelector(".on");if(old)old.classList.remove("on");const row=box.children[i];if(!row)return;row.classList.add("on");
  const a=row.offsetTop-box.offsetTop;if(a<box.scrollTop+20||a>box.scrollTop+box.clientHeight-40)box.scrollTop=a-box.clientHeight/2}
function arrows(){const svg=$("arrows"),w=$("world"),o=w.getBoundingClientRect();
  svg.setAttribute("width",w.scrollWidth);svg.setAttribute("height",w.scrollHeight);
  let d='<defs><marker id="h" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" style="fill:var(--blue);stroke:none"/></marker></defs>';
  w.querySelectorAll(".ref").forEach(r=>{const t=document.getElementById("o"+r.dataset.to);if(!t)return;
    const a=r.getBoundingClientRect(),b=t.getBoundingClientRect();const x1=a.right-o.left,y1=a.top+a.height/2-o.top;
    let x2=b.left-o.left,y2=b.top+12-o.top;
    if(x2<x1){const x=Math.max(x1,b.right-o.left);d+=`<path marker-end="url(#h)" d="M${x1} ${y1}C${x+40} ${y1},${x+40} ${y2},${b.right-o.left+2} ${y2}"/>`}
    else{const m=(x1+x2)/2;d+=`<path marker-end="url(#h)" d="M${x1} ${y1}C${m} ${y1},${m} ${y2},${x2} ${y2}"/>`}});
  svg.innerHTML=d}
function line(way){const top=state.frames[state.frames.length-1],l=top?lineOf(top):0,n=state.frames.length,c=top?top.code:-1;let i=at;
  while(i+way>=0&&i+way<N){i+=way;go(i);const f=state.frames[state.frames.length-1];if(!f||state.end||lineOf(f)!==l||state.frames.length!==n||f.code!==c)break}}
$("slider").max=N-1;$("slider").oninput=e=>go(+e.target.value);
$("first").onclick=()=>go(0);$("last").onclick=()=>go(N-1);$("back").onclick=()=>go(at-1);$("next").onclick=()=>go(at+1);
document.addEventListener("keydown",e=>{const k={ArrowRight:()=>go(at+1),ArrowLeft:()=>go(at-1),ArrowDown:()=>line(1),ArrowUp:()=>line(-1),Home:()=>go(0),End:()=>go(N-1),PageDown:()=>go(at+50),PageUp:()=>go(at-50)}[e.key];
  if(k){e.preventDefault();k()}});
addEventListener("resize",arrows);
if(D.truncated)$("file").title="The recording stops before the program's end.";
if(N)go(0);
</script></body></html>
)PAGE";

}  // namespace krait
