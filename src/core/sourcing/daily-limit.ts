import { z } from 'zod'

/** A limit per day: a whole number of at least 1; nothing is ever "unlimited", it is left out. */
export const dailyLimitSchema = z.int('type').min(1, 'limit.least').max(1_000_000_000, 'limit.least')
