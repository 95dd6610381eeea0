import type { Coordinates } from 'orderwright/sourcing'
import { figure } from '../report-kit/figure.js'
import { html, type Markup } from '../report-kit/markup.js'
import { place } from '../report-kit/scale.js'
import { outline } from './places.js'
import { warehouses } from './warehouses.js'

/** Units that went from a warehouse to a place. */
export interface Flow {
  readonly from: string
  readonly to: Coordinates
  readonly units: number
}

const width = 1_100
const height = 640
const [west, east, south, north] = [-126, -65.5, 24, 50.2]

/** Equirectangular: good enough for one country. */
const x = ({ longitude }: Coordinates): number => ((longitude - west) / (east - west)) * width
const y = ({ latitude }: Coordinates): number => ((north - latitude) / (north - south)) * height

export const mapSection = (flows: readonly Flow[], title: string): Markup => {
  const most = Math.max(...flows.map(({ units }) => units))
  const sent = new Map<string, number>()
  for (const { from, units } of flows) sent.set(from, (sent.get(from) ?? 0) + units)
  const series = new Map(warehouses.map(({ location }, index) => [location, index + 1]))
  return html`<section id="map">
    <h2>Who sends where</h2>
    <p>
      Every line is what one warehouse sent to one place, thicker for more units; every dot is a warehouse.
      The outline is drawn by hand.
    </p>
    <style>
      ${{ markup: colors }}
    </style>
    ${figure({
      id: 'decisions',
      title,
      description:
        'A map of the contiguous United States with lines from six warehouses to the places of their orders.',
      width,
      height,
      legend: [],
      drawing: html`<polygon
          class="land"
          points="${outline.map((point) => `${place(x(point))},${place(y(point))}`).join(' ')}"
        />
        ${[...flows]
          .sort((one, other) => other.units - one.units)
          .map(({ from, to, units }) => {
            const home = warehouses.find(({ location }) => location === from)?.coordinates ?? to
            return html`<line
              class="flow flow-${series.get(from) ?? 1}"
              x1="${place(x(home))}"
              y1="${place(y(home))}"
              x2="${place(x(to))}"
              y2="${place(y(to))}"
              stroke-width="${place(0.7 + 7 * Math.sqrt(units / most))}"
            />`
          })}
        ${warehouses.map(
          ({ location, name, coordinates }) =>
            html`<circle
                class="home flow-${series.get(location) ?? 1}"
                cx="${place(x(coordinates))}"
                cy="${place(y(coordinates))}"
                r="9"
                ><title>${name}: ${sent.get(location) ?? 0} units</title></circle
              >
              <text
                class="name strong"
                x="${place(x(coordinates) + (x(coordinates) > width - 160 ? -14 : 14))}"
                y="${place(y(coordinates) - 12)}"
                text-anchor="${x(coordinates) > width - 160 ? 'end' : 'start'}"
                >${name.replace(/,.*/, '')}</text
              >`,
        )}`,
      numbers: {
        caption: 'Units sent by each warehouse',
        columns: [{ name: 'Warehouse' }, { name: 'Units', numeric: true }, { name: 'Places', numeric: true }],
        rows: warehouses.map(({ location, name }) => [
          name,
          (sent.get(location) ?? 0).toLocaleString('en-US'),
          flows.filter(({ from }) => from === location).length.toString(),
        ]),
      },
    })}
  </section>`
}

/** Six colors, of which the page itself names five. */
const colors = `
:root { --series-6: #c2416b; } @media (prefers-color-scheme: dark) { :root { --series-6: #f08fae; } }
svg .land { fill: var(--track); stroke: var(--line); stroke-width: 1.5; stroke-linejoin: round; }
svg .flow { fill: none; opacity: 0.42; stroke-linecap: round; }
svg .home { stroke: var(--card); stroke-width: 3; }
${[1, 2, 3, 4, 5, 6].map((series) => `svg line.flow-${series} { stroke: var(--series-${series}); } svg circle.flow-${series} { fill: var(--series-${series}); }`).join('\n')}
pre.decision { overflow-x: auto; font-size: 12.5px; line-height: 1.5; background: var(--track); border-radius: 8px; padding: 12px 14px; }
`
