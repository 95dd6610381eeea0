import { html, type Markup } from './markup.js'
import { theme } from './theme.js'

export interface Page {
  readonly title: string
  readonly lead: string
  readonly tiles: readonly Tile[]
  readonly sections: readonly Section[]
  readonly footer: string
}

/** A figure that is seen first. */
export interface Tile {
  readonly name: string
  readonly value: string
  readonly note: string
}

export interface Section {
  readonly id: string
  readonly name: string
  readonly content: Markup
}

/** A whole report as one file that needs nothing else: no network, no scripts. */
export const page = ({ title, lead, tiles, sections, footer }: Page): string =>
  `<!doctype html>\n${
    html`<html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <style>
          ${ownMarkup(theme)}
        </style>
      </head>
      <body>
        <header class="top">
          <h1>${title}</h1>
          <p>${lead}</p>
          <ul class="tiles">
            ${tiles.map(({ name, value, note }) => html`<li><span>${name}</span><strong>${value}</strong><em>${note}</em></li>`)}
          </ul>
          <nav aria-label="Sections">
            <ul>
              ${sections.map(({ id, name }) => html`<li><a href="#${id}">${name}</a></li>`)}
            </ul>
          </nav>
        </header>
        <main>${sections.map(({ content }) => content)}</main>
        <footer>${footer}</footer>
      </body>
    </html>`.markup
  }\n`

/** The style sheet is our own constant, and quotes in it must stay quotes. */
const ownMarkup = (markup: string): Markup => ({ markup })
