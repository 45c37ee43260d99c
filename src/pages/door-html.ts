/** The page for the entrance as HTML: read from some metres away on a screen, or printed on one sheet. */
import type { Text } from '../core/text.js';
import { qrSvg } from '../files/qr.js';

export type Door = {
  readonly alliance: Text;
  readonly title: string;
  readonly time: Text;
  readonly place: string;
  readonly came: number;
  readonly note: Text | undefined;
  /** Undefined when nobody checks in any more. */
  readonly checkIn: { readonly ref: string; readonly code: string } | undefined;
};

const refreshSeconds = 30;

export const doorStyles = `
*{box-sizing:border-box;margin:0}
html{font-size:clamp(13px,min(2vw,2.35vh),40px)}
body{min-height:100vh;padding:2rem 3rem;display:flex;flex-direction:column;gap:1.6rem;background:#fff;color:#16211d;
font-family:system-ui,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC",sans-serif;line-height:1.4}
header p{color:#55635d}
h1{font-size:2.4rem;line-height:1.2;text-wrap:balance;margin:.3rem 0 .6rem;overflow-wrap:anywhere}
main{flex:1;display:flex;flex-wrap:wrap;align-items:center;align-content:center;gap:2rem 3rem}
svg{width:min(17rem,100%);height:auto;flex:none;border:1px solid #d5ddd9}
.how{flex:1;min-width:16rem;display:flex;flex-direction:column;gap:1rem}
.code{font-size:5.6rem;line-height:1;font-weight:700;letter-spacing:.12em;font-variant-numeric:tabular-nums}
kbd{font:inherit;font-weight:600;padding:.05em .4em;border-radius:.3em;background:#e7efeb;white-space:nowrap}
[lang=en]{color:#55635d}
.note{font-size:1.5rem;font-weight:600}
footer{display:flex;justify-content:space-between;gap:2rem;align-items:baseline;border-top:1px solid #d5ddd9;padding-top:1rem}
footer strong{font-size:1.8rem;color:#16211d}
@media(max-width:40rem){body{padding:1.5rem;gap:1rem}main{gap:1rem;align-content:start}svg{width:14rem}.code{font-size:4.4rem}}
@media print{html{font-size:15px}footer{display:none}kbd{border:1px solid #999}}
`;

const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');

/** Both languages, the Chinese first. */
const both = ({ zh, en }: Text): string => `<p>${escaped(zh)}</p>\n<p lang="en">${escaped(en)}</p>`;

/** A whole page without scripts; it loads itself anew to keep the count right. */
export const doorHtml = (door: Door): string => `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="${refreshSeconds}">
<title>${escaped(door.title)}</title>
<style>${doorStyles}</style>
</head>
<body>
<header>
<p>${escaped(door.alliance.zh)} <span lang="en">${escaped(door.alliance.en)}</span></p>
<h1>${escaped(door.title)}</h1>
<p>${escaped(door.time.zh)} · ${escaped(door.place)}</p>
<p lang="en">${escaped(door.time.en)}</p>
</header>
<main>
${door.checkIn ? picture(door.checkIn) : ''}
<div class="how">
${door.checkIn ? howTo(door.checkIn) : ''}
${door.note ? `<div class="note">${both(door.note)}</div>` : ''}
</div>
</main>
<footer>
<p>已签到 <strong>${door.came}</strong> 人</p>
<p lang="en"><strong>${door.came}</strong> checked in</p>
</footer>
</body>
</html>
`;

type CheckIn = NonNullable<Door['checkIn']>;

// There is no address that opens a chat with the desk, so the code holds the very words to be sent to it. They are
// understood in either language.
const picture = ({ ref, code }: CheckIn): string => qrSvg(`到了 ${ref} ${code}`);

const howTo = ({ ref, code }: CheckIn): string => `<p class="code">${escaped(code)}</p>
<p>签到：请把“<kbd>到了 ${escaped(ref)} ${escaped(code)}</kbd>”发给联盟小秘，微信、Slack 均可。扫二维码即可复制这句话。</p>
<p lang="en">To check in, send “<kbd>here ${escaped(ref)} ${escaped(code)}</kbd>” to the desk, on WeChat or Slack. The QR code holds these words in Chinese, which will do as well.</p>`;
