/** The look of the page. Colors are named once for light and once for dark; plots use the same names. */
export const theme = `
:root {
  color-scheme: light dark;
  --page: #f4f5f7; --card: #ffffff; --ink: #1b2330; --muted: #596475; --line: #dfe3e9; --grid: #e8ebf0; --track: #f0f2f5;
  --good: #16794a; --good-tint: #e4f4ec; --bad: #b3261e; --bad-tint: #fbe9e7; --link: #1d5fbf;
  --series-1: #2f6fce; --series-2: #e08a1e; --series-3: #1c9a82; --series-4: #9059c8; --series-5: #7b8794;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #10141a; --card: #1a2028; --ink: #e6eaf0; --muted: #9ba7b6; --line: #2d3540; --grid: #262e38; --track: #232a34;
    --good: #5fd39a; --good-tint: #16352a; --bad: #ff8f85; --bad-tint: #40201e; --link: #7fb2ff;
    --series-1: #6aa3f5; --series-2: #f2ad55; --series-3: #4cc9ae; --series-4: #b78cec; --series-5: #94a1b1;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--page); color: var(--ink);
  font: 15px/1.55 -apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", Arial, sans-serif;
  -webkit-font-smoothing: antialiased;
}
main, header.top, footer { max-width: 1168px; margin: 0 auto; padding: 0 24px; }
header.top { padding-top: 44px; padding-bottom: 8px; }
header.top p { margin: 6px 0 0; color: var(--muted); max-width: 100ch; }
h1 { font-size: 30px; line-height: 1.2; letter-spacing: -0.015em; margin: 0; }
h2 { font-size: 20px; line-height: 1.3; letter-spacing: -0.01em; margin: 0 0 4px; }
section { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 24px 26px; margin: 20px 0; }
section > p { margin: 0 0 16px; color: var(--muted); max-width: 100ch; }
section > p.note { font-size: 13.5px; margin: 14px 0 0; }
a { color: var(--link); }
nav ul { display: flex; flex-wrap: wrap; gap: 4px 18px; list-style: none; padding: 0; margin: 18px 0 0; font-size: 14px; }
nav a { text-decoration: none; } nav a:hover { text-decoration: underline; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(172px, 1fr)); gap: 14px; margin: 22px 0 0; padding: 0; list-style: none; }
.tiles li { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 14px 16px; }
.tiles span { display: block; color: var(--muted); font-size: 13px; }
.tiles strong { display: block; font-size: 21px; letter-spacing: -0.015em; line-height: 1.35; font-variant-numeric: tabular-nums; font-weight: 650; }
.tiles em { font-style: normal; color: var(--muted); font-size: 12.5px; line-height: 1.35; display: block; }
.verdict { display: flex; gap: 10px; align-items: baseline; border-radius: 10px; padding: 12px 16px; font-weight: 600; margin: 0 0 16px; }
.verdict.good { background: var(--good-tint); color: var(--good); } .verdict.bad { background: var(--bad-tint); color: var(--bad); }
.mark { font-weight: 700; white-space: nowrap; } .mark.good { color: var(--good); } .mark.bad { color: var(--bad); }
.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 420px), 1fr)); gap: 12px 36px; }
.plot { margin: 0 0 8px; min-width: 0; }
.plot figcaption { font-weight: 600; margin: 0 0 6px; }
.drawing { overflow-x: auto; } .drawing svg { display: block; width: 100%; height: auto; }
svg text { font: 12px -apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", Arial, sans-serif; fill: var(--ink); font-variant-numeric: tabular-nums; }
svg text.name { font-size: 13px; } svg text.value { font-size: 12.5px; font-weight: 600; } svg text.tick { fill: var(--muted); font-size: 11.5px; } svg text.strong { font-weight: 600; fill: var(--ink); }
svg .steps { fill: none; stroke: var(--series-1); stroke-width: 2; stroke-linejoin: round; }
svg .grid { stroke: var(--grid); } svg .axis { stroke: var(--line); } svg .track { fill: var(--track); }
svg g:hover > rect:not(.track), svg rect:not(.track):hover { filter: brightness(1.12); }
${[1, 2, 3, 4, 5].map((series) => `svg .series-${series} { fill: var(--series-${series}); } i.series-${series} { background: var(--series-${series}); }`).join('\n')}
.legend { display: flex; flex-wrap: wrap; gap: 4px 18px; list-style: none; margin: 0 0 8px; padding: 0; font-size: 13px; color: var(--muted); }
.legend i { display: inline-block; width: 11px; height: 11px; border-radius: 3px; margin-right: 7px; vertical-align: -1px; }
details { margin: 8px 0 0; font-size: 13.5px; } summary { cursor: pointer; color: var(--link); width: fit-content; }
.table.long { max-height: 440px; }
.table { overflow: auto; margin: 8px 0 0; border: 1px solid var(--line); border-radius: 8px; }
.table + .table { margin-top: 18px; }
.table:focus-visible, summary:focus-visible, a:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
table { border-collapse: collapse; width: 100%; font-size: 13.5px; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--muted); padding: 8px 12px; font-size: 13px; }
th, td { text-align: left; padding: 6px 12px; border-top: 1px solid var(--line); vertical-align: top; white-space: nowrap; }
.wraps { white-space: normal; min-width: 16em; }
th { font-weight: 500; } thead th { position: sticky; top: 0; background: var(--card); color: var(--muted); font-size: 12.5px; border-top: 0; box-shadow: 0 1px 0 var(--line); white-space: nowrap; }
tfoot th, tfoot td { font-weight: 650; border-top: 2px solid var(--line); }
.number { text-align: right; }
ul.plain { margin: 0; padding-left: 20px; } ul.plain li { margin: 4px 0; max-width: 100ch; }
footer { color: var(--muted); font-size: 13px; padding-top: 8px; padding-bottom: 48px; }
@media (max-width: 640px) { section { padding: 18px 16px; } main, header.top, footer { padding-left: 14px; padding-right: 14px; } }
@media print { body { background: #fff; } section { break-inside: avoid; } details { display: none; } }
`
