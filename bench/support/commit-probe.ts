import type pg from 'pg'

const times = 100

/**
 * What a server elsewhere makes of the smallest commit in this very run, in milliseconds. Its disk cannot be asked from here, so the way there and back is
 * in it.
 */
export const commitProbe = async (client: Pick<pg.ClientBase, 'query'>): Promise<number> => {
  const table = `orderwright_probe_${process.pid}`
  await client.query(`CREATE TABLE ${table} (number bigint)`)
  await client.query('SET synchronous_commit = on')
  const start = performance.now()
  for (let time = 0; time < times; time += 1) await client.query(`INSERT INTO ${table} VALUES (${time})`)
  const each = (performance.now() - start) / times
  await client.query('RESET synchronous_commit')
  await client.query(`DROP TABLE ${table}`)
  return each
}
