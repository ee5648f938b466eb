/** The page's only style sheet: system fonts, both colour schemes, paper. Its hash is not needed, for the page loads nothing. */
export const style = `
:root {
  color-scheme: light dark;
  --page: #f6f7f9; --card: #ffffff; --ink: #1b1f24; --soft: #57606a; --line: #dfe3e8; --band: #f1f3f6; --link: #0b5cad;
  --good: #13703a; --good-band: #e6f4ec; --warn: #8a5300; --warn-band: #fdf3e0; --bad: #a8202c; --bad-band: #fdecec;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #14171b; --card: #1c2026; --ink: #e8eaed; --soft: #9aa4b0; --line: #323942; --band: #232930; --link: #7db8f5;
    --good: #6fd195; --good-band: #17301f; --warn: #efb95b; --warn-band: #33270f; --bad: #f58b92; --bad-band: #371b1e;
  }
}
* { box-sizing: border-box }
body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif }
main { max-width: 74rem; margin: 0 auto; padding: 2.5rem 1.5rem 4rem }
a { color: var(--link) }
h1 { font-size: 1.75rem; line-height: 1.25; margin: 0 0 .25rem; letter-spacing: -.01em; overflow-wrap: anywhere }
h2 { font-size: 1.15rem; margin: 2.5rem 0 .75rem }
h3 { font-size: .95rem; margin: 1.25rem 0 .5rem }
p { margin: 0 0 .75rem }
.kicker { color: var(--soft); font-size: .8rem; font-weight: 600; letter-spacing: .08em; text-transform: uppercase; margin: 0 0 .25rem }
.soft { color: var(--soft) }
.verdict { display: flex; gap: 1rem; align-items: flex-start; border: 1px solid; border-radius: .6rem; padding: 1rem 1.25rem; margin: 1.5rem 0 }
.verdict strong { display: block; font-size: 1.05rem }
.verdict p { margin: .15rem 0 0; color: var(--ink) }
.verdict .sign { flex: none; width: 1.75rem; height: 1.75rem }
.good { color: var(--good); background: var(--good-band) } .warn { color: var(--warn); background: var(--warn-band) } .bad { color: var(--bad); background: var(--bad-band) }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: .75rem; margin: 0; padding: 0 }
.figures > div, .facts, .table, details { background: var(--card); border: 1px solid var(--line); border-radius: .6rem }
.figures > div { padding: .85rem 1.1rem; display: flex; flex-direction: column-reverse; justify-content: flex-end }
.figures dt { color: var(--soft); font-size: .85rem }
.figures dd { margin: 0; font-size: 1.5rem; font-weight: 600; font-variant-numeric: tabular-nums; line-height: 1.3 }
.figures dd small { font-size: .85rem; font-weight: 400; color: var(--soft) }
.facts { display: grid; grid-template-columns: max-content 1fr; margin: 0; padding: .35rem 1.1rem }
.facts > * { padding: .45rem 0; margin: 0; border-bottom: 1px solid var(--line) }
.facts > :nth-last-child(-n+2) { border-bottom: 0 }
.facts dt { color: var(--soft); padding-right: 2rem }
.facts dd { overflow-wrap: anywhere }
.table { overflow-x: auto; margin: 0 0 1rem }
table { border-collapse: collapse; width: 100%; font-size: .875rem; font-variant-numeric: tabular-nums }
caption { text-align: left; color: var(--soft); padding: .6rem 1rem; font-size: .85rem }
th, td { padding: .45rem 1rem; text-align: left; vertical-align: top; border-top: 1px solid var(--line) }
thead th { color: var(--soft); font-weight: 600; white-space: nowrap; background: var(--band); vertical-align: bottom }
tbody th { font-weight: 500; overflow-wrap: anywhere; min-width: 9rem }
tfoot th, tfoot td { font-weight: 600; background: var(--band) }
.n { text-align: right; white-space: nowrap }
.w { overflow-wrap: anywhere }
.to { color: var(--soft); display: block; font-size: .8rem }
.why { color: var(--bad); display: block; font-size: .8rem; font-weight: 400 }
.left { color: var(--soft); display: block; font-size: .8rem; font-weight: 400 }
.chip { display: inline-block; border-radius: 1rem; padding: .05rem .6rem; font-size: .8rem; font-weight: 500; white-space: nowrap }
.chip.plain { background: var(--band); color: var(--soft) }
details { margin: 0 0 .75rem; content-visibility: auto; contain-intrinsic-size: auto 3.2rem }
summary { cursor: pointer; padding: .75rem 1.1rem; display: flex; flex-wrap: wrap; gap: .25rem .9rem; align-items: baseline; list-style-position: inside }
summary::before { content: "\\25B8"; color: var(--soft); display: inline-block; transition: transform .1s } details[open] > summary::before { transform: rotate(90deg) }
summary::-webkit-details-marker { display: none }
summary:focus-visible, a:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: .3rem }
summary b { font-weight: 600; overflow-wrap: anywhere } summary .soft { font-size: .875rem; margin-left: auto }
details > div { padding: 0 1.1rem 1rem }
details .table { border-radius: .4rem }
footer { color: var(--soft); font-size: .85rem; margin-top: 3rem; border-top: 1px solid var(--line); padding-top: 1rem }
@media (max-width: 40rem) { main { padding: 1.5rem 1rem } th, td { padding: .4rem .6rem } .facts { grid-template-columns: 1fr } .facts dt { border-bottom: 0; padding-bottom: 0 } .facts dd { padding-top: 0 } }
@media (prefers-reduced-motion: reduce) { summary::before { transition: none } }
@media print {
  :root { color-scheme: light; --page: #fff; --card: #fff; --ink: #000; --soft: #444; --line: #bbb; --band: #f3f3f3 }
  main { max-width: none; padding: 0 } body { font-size: 10pt }
  details { border: 0; content-visibility: visible } details::details-content { content-visibility: visible; height: auto } summary::before { content: none }
  tr, .figures > div, .verdict { break-inside: avoid } thead { display: table-header-group } h2, h3, summary { break-after: avoid } .table { overflow: visible }
}
`
