import type { SimulatedRules } from 'orderwright/sourcing'
import { checksSection, type Check } from '../report-kit/checks-section.js'
import { html, type Markup } from '../report-kit/markup.js'
import { page } from '../report-kit/page.js'
import { table } from '../report-kit/table.js'
import { mapSection, type Flow } from './map.js'
import { chosenRules } from './rules.js'
import { warehouses } from './warehouses.js'

export interface MultiLocation {
  readonly orders: number
  readonly placed: number
  readonly results: readonly SimulatedRules[]
  readonly flows: readonly Flow[]
  readonly checks: readonly Check[]
  readonly explained: readonly { readonly order: string; readonly text: string }[]
}

const grouped = (value: number): string => value.toLocaleString('en-US')
const kilometers = (meters: number): string => grouped(Math.round(meters / 1_000))
const dollars = (amount = '?'): string => amount.replace(/\B(?=(\d{3})+\.)/g, ',')

export const reportOf = ({ orders, placed, results, flows, checks, explained }: MultiLocation): string => {
  const chosen = results.find(({ name }) => name === chosenRules)
  return page({
    title: 'One shop, six warehouses',
    lead: `The ${grouped(orders)} orders of the Superstore data, sourced from six warehouses under five lists of rules. Every product lies in three of them, and stock runs down order by order. Warehouses, stock and costs are made up; orders and places are those of the data.`,
    tiles: [
      { name: 'Orders', value: grouped(orders), note: 'replayed under each list of rules' },
      { name: 'Shipments', value: grouped(chosen?.shipments ?? 0), note: `under "${chosenRules}"` },
      { name: 'Cost', value: `$${dollars(chosen?.cost?.amount)}`, note: `under "${chosenRules}"` },
      { name: 'Placed for good', value: grouped(placed), note: 'with stock reserved and reasons kept' },
    ],
    sections: [
      {
        id: 'checks',
        name: 'Checks',
        content: checksSection(checks, 'Counted by the program from what it was answered.'),
      },
      { id: 'rules', name: 'Rules', content: rulesSection(results) },
      { id: 'map', name: 'Map', content: mapSection(flows, `Units sent under "${chosenRules}"`) },
      { id: 'reasons', name: 'Reasons', content: reasonsSection(explained) },
    ],
    footer: 'Written by the orderwright multi-location example.',
  })
}

const rulesSection = (results: readonly SimulatedRules[]): Markup =>
  html`<section id="rules">
    <h2>The same orders under other rules</h2>
    <p>
      Cost per shipment, per unit and per kilometer, as the warehouses charge them. The way is the
      great-circle distance, once per shipment.
    </p>
    ${table({
      caption: 'What each list of rules comes to',
      columns: [
        { name: 'Rules' },
        ...['Shipments', 'Orders split', 'Kilometers', 'Cost in USD', 'Unproven'].map((name) => ({
          name,
          numeric: true,
        })),
      ],
      rows: results.map(({ name, shipments, splitOrders, meters, cost, unproven }) => [
        name,
        grouped(shipments),
        grouped(splitOrders),
        kilometers(meters),
        dollars(cost?.amount),
        grouped(unproven),
      ]),
    })}
    ${table({
      caption: 'Units by warehouse',
      columns: [
        { name: 'Rules' },
        ...warehouses.map(({ name }) => ({ name: name.replace(/,.*/, ''), numeric: true })),
      ],
      rows: results.map(({ name, unitsByLocation }) => [
        name,
        ...warehouses.map(({ location }) => grouped(unitsByLocation[location] ?? 0)),
      ]),
    })}
  </section>`

const reasonsSection = (explained: MultiLocation['explained']): Markup =>
  html`<section id="reasons">
    <h2>Why from there</h2>
    <p>
      Some orders that were split, with what became of every candidate: printed from what each order keeps.
    </p>
    ${explained.map(
      ({ order, text }) =>
        html`<h3>${order}</h3>
          <pre class="decision">${text}</pre>`,
    )}
  </section>`
