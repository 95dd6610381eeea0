import { z } from 'zod'
import { refuse, type Refusal } from '../refusal.js'
import { ok, type Result } from '../result.js'

/** Seconds a hold lives, at least 1: zero never means for ever. */
export const holdSecondsSchema = z
  .number('type')
  .refine((seconds) => Number.isSafeInteger(seconds) && seconds >= 1, 'ttl.range')

/** The longest life is a setting, so it is compared where the settings are known. */
export const withinLongestHold = (seconds: number, longest: number): Result<void, Refusal> =>
  seconds <= longest
    ? ok(undefined)
    : refuse('validation_failed', { issues: [{ path: ['seconds'], rule: 'ttl.range' }] })
