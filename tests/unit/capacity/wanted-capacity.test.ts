import { describe, expect, it } from 'vitest'
import { wantedCapacitySchema } from '../../../src/core/capacity/wanted-capacity.js'

const broken = (wanted: object) =>
  wantedCapacitySchema
    .safeParse(wanted)
    .error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`)

describe('wanted capacity', () => {
  it('F59 names a resource or a skill, and one way to say when', () => {
    expect(broken({ resource: 'team', skill: 'cut', seats: 1 })).toContain('resource capacity.resource')
    expect(broken({ resource: 'team', seats: 1, date: '2026-03-06', minutes: 5 })).toEqual([' capacity.when'])
    expect(broken({ skill: 'cut', date: '2026-03-06', minutes: 5 })).toBeUndefined()
  })

  it('F59 says how many minutes of a day it is', () => {
    expect(broken({ resource: 'team', date: '2026-03-06' })).toEqual(['minutes required'])
  })

  it('F59 of whoever has a skill is no number of seats, and has a zone of its own', () => {
    expect(broken({ skill: 'cut', seats: 2 })).toEqual(['seats capacity.resource'])
    expect(broken({ skill: 'cut', local: { time: '2026-03-06T10:00' } })).toEqual(['local.zone required'])
    expect(
      broken({ skill: 'cut', local: { time: '2026-03-06T10:00', zone: 'Europe/Berlin' } }),
    ).toBeUndefined()
    expect(broken({ resource: 'chair', local: { time: '2026-03-06T10:00' } })).toBeUndefined()
  })
})
