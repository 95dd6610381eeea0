import { html, type Markup } from '../../report-kit/markup.js'
import type { ReportData } from './report-data.js'
import { sharesPlot } from './shares.js'

export const ordersSection = ({ orders, currency }: ReportData): Markup =>
  html`<section id="orders">
    <h2>Orders by status</h2>
    <p>
      An order closes by itself when everything is delivered, billed and paid, so what is not closed waits for
      the customer's money or for a delivery.
    </p>
    <div class="columns">
      ${sharesPlot({ id: 'orders-status', title: 'By status', counts: 'orders', currency, shares: orders.byStatus })}
      ${sharesPlot({ id: 'orders-payment', title: 'By payment status', counts: 'orders', currency, shares: orders.byPayment, series: 3 })}
    </div>
    ${orders.byChannel.length < 2 ? '' : sharesPlot({ id: 'orders-channel', title: 'By channel', counts: 'orders', currency, shares: orders.byChannel, series: 4, size: 'whole' })}
  </section>`
