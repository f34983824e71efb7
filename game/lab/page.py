"""Building blocks of the HTML pages: the style sheet, escaping, names in two scripts. Warm paper, serif titles, no network."""

from __future__ import annotations

from datetime import date
from html import escape

from game.model.units import Name

SIDE_COLOUR = ("#C4523A", "#24507F")
SIDE_DARK = ("#8F3320", "#153555")
PAPER, INK, INK2, RULE = "#F3ECDA", "#2B2620", "#5A4A3A", "#CDBF9F"
EARLY, LATE = "#4F8A5B", "#B5402C"
# losses by kind, in the order of model.state.LOSSES
LOSS_COLOUR = ("#5B1F16", "#B4553F", "#C9A24A", "#8E8473", "#4F6E7D", "#9A7FA6")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

STYLE = """
:root{--paper:#F3ECDA;--card:#FAF5E8;--ink:#2B2620;--ink2:#5A4A3A;--rule:#CDBF9F;--jp:#C4523A;--cn:#24507F;--accent:#8A6A26;
--serif:"Noto Serif","Noto Serif CJK SC","Noto Serif SC","Source Han Serif SC","Songti SC","STSong","SimSun",
Georgia,"Times New Roman",serif;
--sans:"Noto Sans","Noto Sans CJK SC","Noto Sans SC","Source Han Sans SC","PingFang SC","Hiragino Sans GB",
"Microsoft YaHei","WenQuanYi Micro Hei","Segoe UI",Helvetica,Arial,sans-serif}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 var(--sans)}
main{max-width:1120px;margin:0 auto;padding:34px 24px 60px}
header{border-bottom:3px double var(--ink2);padding-bottom:16px;margin-bottom:22px}
h1{font:700 38px/1.15 var(--serif);margin:0;letter-spacing:.01em}
h1 .zh{font-size:.72em;margin-left:.45em;font-weight:600}
h2{font:700 22px/1.25 var(--serif);margin:44px 0 4px;padding-top:12px;border-top:1px solid var(--rule)}
h3{font:700 16px/1.3 var(--serif);margin:20px 0 4px}
.zh{color:var(--ink2);font-family:var(--serif)}
td .zh,li .zh{font-size:.93em;white-space:nowrap}
p{margin:6px 0 12px;max-width:74ch}
.lead{font-size:17px}
.note,figcaption{color:var(--ink2);font-size:13px;max-width:90ch}
.kicker{font-size:13px;letter-spacing:.09em;text-transform:uppercase;color:var(--ink2);margin:0 0 6px}
dl.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:10px 22px;margin:16px 0 0}
dl.facts div{border-left:3px solid var(--rule);padding-left:10px}
dl.facts dt{font-size:12px;color:var(--ink2)}
dl.facts dd{margin:0;font-weight:600}
.outcome{display:grid;grid-template-columns:minmax(240px,1fr) 2fr;gap:24px;align-items:center;
background:var(--card);border:1px solid var(--rule);border-radius:4px;padding:18px 22px;margin:20px 0}
.level .zh{white-space:nowrap}
.outcome .level{font:700 25px/1.2 var(--serif)}
.outcome .net{font:700 46px/1 var(--serif);margin:8px 0 2px}
.mark{display:inline-block;width:.68em;height:.68em;margin-right:.38em;background:var(--jp);vertical-align:baseline}
.mark.s1{background:var(--cn);border-radius:50%}
.mark.s2{background:#8E8473;transform:rotate(45deg)}
.two{display:grid;grid-template-columns:1fr 1fr;gap:22px 30px}
figure{margin:12px 0}
svg{display:block;width:100%;height:auto;font-family:var(--sans)}
svg .zh{font-family:var(--serif)}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:13.5px;margin:8px 0 4px}
th{font-weight:600;text-align:left;color:var(--ink2);border-bottom:1.5px solid var(--ink2);padding:5px 8px;vertical-align:bottom}
td{border-bottom:1px solid #DDD2B8;padding:5px 8px;vertical-align:top}
.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.sum td{border-top:1.5px solid var(--ink2);border-bottom:0;font-weight:700}
.who{min-width:185px}
.terms{display:flex;flex-wrap:wrap;gap:0 14px;font-size:12.5px;color:var(--ink2);padding-left:1.1em}
.terms .none{opacity:.72}
.terms b{font-variant-numeric:tabular-nums}
.hand{display:inline-block;margin-left:.5em;white-space:nowrap}
.by{color:var(--ink2);font-size:12.5px}
th[data-sort]{cursor:pointer}
ul.story{list-style:none;margin:8px 0;padding:0;columns:2;column-gap:34px}
ul.story li{break-inside:avoid;padding:7px 0;border-bottom:1px solid #DDD2B8;font-size:13.5px;line-height:1.45}
ul.story b{font-weight:700}
.keys{display:flex;flex-wrap:wrap;gap:4px 18px;margin:6px 0;padding:0;list-style:none;font-size:13px;color:var(--ink2)}
.keys i{display:inline-block;width:15px;height:11px;margin-right:6px;vertical-align:-1px}
.keys i.l{height:4px;vertical-align:3px}
.minis{display:grid;grid-template-columns:repeat(3,1fr);gap:14px 16px}
.minis figure{margin:0}
.minis figcaption{font:600 13.5px var(--serif);color:var(--ink);margin-top:3px}
footer{margin-top:46px;border-top:3px double var(--ink2);padding-top:10px;font-size:12.5px;color:var(--ink2)}
@media(max-width:760px){main{padding:20px 14px 40px}h1{font-size:27px}h1 .zh{display:block;margin:4px 0 0}
h2{font-size:19px;margin-top:34px}
.outcome,.two{grid-template-columns:1fr}.minis{grid-template-columns:1fr 1fr}ul.story{columns:1}.wide{min-width:620px}}
@media print{body{background:#fff;font-size:10.5pt}
main{max-width:none;padding:0}.outcome{background:none}figure,tr,li{break-inside:avoid}
h2,h3{break-after:avoid}.scroll{overflow:visible}*{-webkit-print-color-adjust:exact;print-color-adjust:exact}}
"""

# sorting of tables by a click on a heading: a comfort, the page is complete without it
SCRIPT = """
document.querySelectorAll('table.sortable').forEach(function(t){t.querySelectorAll('th').forEach(function(h,i){h.dataset.sort='';
h.addEventListener('click',function(){var b=t.tBodies[0],r=Array.from(b.rows),u=h.dataset.sort==='u'?'d':'u';
t.querySelectorAll('th').forEach(function(o){o.dataset.sort=''});h.dataset.sort=u;
function v(x){var c=x.cells[i],k=c.dataset.v;return k===undefined?c.textContent.trim():+k}
r.sort(function(a,c){var x=v(a),y=v(c),o=typeof x==='number'&&typeof y==='number'?x-y:String(x).localeCompare(String(y));
return u==='u'?o:-o});
r.forEach(function(x){b.appendChild(x)})})})});
"""


def text(value: object) -> str:
    """Return a value as escaped text."""
    return escape(str(value), quote=True)


def both(name: Name) -> str:
    """Return a name in English with the Chinese beside it."""
    if not name.zh or name.zh == name.en:
        return text(name.en)
    return f'{text(name.en)} <span class="zh" lang="zh">{text(name.zh)}</span>'


def mark(side: int) -> str:
    """Return the bullet of a side: square for Japan, round for China, a diamond for neither."""
    return f'<span class="mark s{side if side in (0, 1) else 2}"></span>'


def number(value: int) -> str:
    """Return a number with commas and a true minus sign."""
    return f"{value:,}".replace("-", "−")


def signed(value: int) -> str:
    """Return a number with its sign."""
    return f"+{value:,}" if value > 0 else number(value)


def day(when: date, year: bool = False) -> str:
    """Return a date as 19 Apr, with the year if asked for."""
    return f"{when.day} {MONTHS[when.month - 1]}" + (f" {when.year}" if year else "")


def percent(permille: int) -> str:
    """Return a share as a percentage without decimals, or with one under ten percent; what is not quite all stays short of it."""
    if 995 <= permille < 1000:
        return "99.5 %+"
    return f"{permille / 10:.1f} %" if 0 < permille < 100 else f"{(permille + 5) // 10} %"


def table(heads: list[tuple[str, str]], rows: list[str], classes: str = "") -> str:
    """Return a table that may scroll sideways. heads: (text, class of the column)."""
    top = "".join(f'<th class="{c}">{text(h)}</th>' if c else f"<th>{text(h)}</th>" for h, c in heads)
    kind = f' class="{classes}"' if classes else ""
    return f'<div class="scroll"><table{kind}><thead><tr>{top}</tr></thead><tbody>{"".join(rows)}</tbody></table></div>'


def row(cells: list[tuple[str, str]], kind: str = "") -> str:
    """Return a table row; cells are (finished HTML, class), a class "n:12" is numeric and sorts by 12."""
    out = []
    for html, c in cells:
        name, _, key = c.partition(":")
        out.append(f"<td{_attribute('class', name)}{_attribute('data-v', key)}>{html}</td>")
    return f"<tr{_attribute('class', kind)}>{''.join(out)}</tr>"


def _attribute(name: str, value: str) -> str:
    return f' {name}="{value}"' if value else ""


def whole_page(title: str, body: str, script: bool = True) -> bytes:
    """Return a complete page: one file that asks the network for nothing."""
    policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:"
    end = f"<script>{SCRIPT}</script>" if script else ""
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        f"<title>{text(title)}</title><style>{STYLE}</style></head>\n<body><main>\n{body}\n</main>{end}</body></html>\n"
    ).encode()
