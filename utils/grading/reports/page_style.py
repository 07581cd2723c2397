"""How all HTML reports look: on a screen, on a narrow one, and on paper."""

# A column is as wide as its longest word, so short words stay whole; a cell with a long one breaks
# it. What doesn't fit even so is moved sideways within the table's own box, never the page.
# What is folded isn't printed: a printed page shows what somebody had unfolded.
STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem;
  color: #1a1a1a; background: #fff; overflow-wrap: anywhere; }
h1, h2, h3 { line-height: 1.25; }
h2 { margin-top: 2.5rem; }
h3 { margin: 1.5rem 0 .5rem; }
a { color: #0645ad; text-decoration: underline; }
code { font: .9em ui-monospace, monospace; background: #f5f5f5; padding: 0 .15em; }
.lines { white-space: pre-line; }
.wide { overflow-x: auto; margin: 1rem 0; }
table { border-collapse: collapse; width: 100%; overflow-wrap: normal; }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem; font-weight: normal;
  border-bottom: 1px solid #ccc; white-space: pre-line; }
thead th { font-weight: bold; vertical-align: bottom; border-bottom: 2px solid #767676; }
td.number, th.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
thead th.number { white-space: normal; }
td.long, th.long { overflow-wrap: anywhere; min-width: 10rem; }
.nowrap { white-space: nowrap; }
svg.bar { width: 8rem; height: .8rem; border: 1px solid #0072b2; vertical-align: middle; }
svg.bar rect { fill: #0072b2; }
pre.code { font: 13px/1.4 ui-monospace, monospace; background: #f5f5f5; padding: .5rem;
  margin: .5rem 0; white-space: pre-wrap; overflow-wrap: anywhere; tab-size: 4; }
mark { background: #ffe08a; color: inherit; font-weight: bold; }
.beside { display: grid; gap: 0 1rem;
  grid-template-columns: repeat(auto-fit, minmax(min(20rem, 100%), 1fr)); }
.beside > * { min-width: 0; }
.waits { border-left: 4px solid #d55e00; padding-left: 1rem; margin: 1.5rem 0; }
.cases { padding-left: 1.5rem; }
.cases > li { margin: 1rem 0; }
.cases p { margin: .2rem 0; }
details { margin: .3rem 0; }
summary { cursor: pointer; }
@media (max-width: 40rem) {
  body { margin: 1rem auto; padding: 0 .6rem; }
  h1 { font-size: 1.5rem; }
  th, td { padding: .35rem .4rem; }
  svg.bar { width: 4rem; }
  td code, th code { font-size: .8em; }
}
@media (max-width: 22rem) {
  th, td { padding: .35rem .2rem; }
  td code, th code { font-size: .75em; }
}
@media print {
  body { font-size: 10.5pt; max-width: none; margin: 0; padding: 0; }
  nav, details:not([open]) { display: none; }
  a { color: inherit; }
  .wide { overflow: visible; }
  table { font-size: 9.5pt; }
  th, td { padding: .25rem .4rem; }
  td.long, th.long { min-width: 6rem; }
  thead { display: table-header-group; }
  tr, .waits, .cases > li { break-inside: avoid; }
  h1, h2, h3, summary { break-after: avoid; }
  pre.code, code { background: none; }
  pre.code { border: 1px solid #767676; }
}
"""
