import type { PlanContext } from '../../src/core/command.js'
import type { Settings } from '../../src/core/settings.js'
import type { Instant } from '../../src/core/time/instant.js'
import { dateOf } from '../../src/core/time/local-date.js'

/** Contexts of plans that are run without a shell, each with ids of its own: `order-1`, `invoice-2`. */
export const planContexts = (settings: Settings, now: Instant, drawnBefore = 0) => {
  let drawn = drawnBefore
  const draw = (): number => (drawn += 1)
  const context = (): PlanContext => {
    const base = draw()
    return {
      settings,
      now,
      today: () => dateOf(now),
      actor: { kind: 'user', id: 'ada' },
      ids: { of: (name) => `${name.replaceAll(' ', '-')}-${base}`, number: (name) => `${name}-${base}` },
    }
  }
  return { context, draw, drawn: () => drawn }
}
