/** A relay takes from one tenant after the other, so what waits stands by its tenant: the backlog of one is not read to find the message of another. */
export const messagesByTenant = {
  number: 10,
  name: 'messages by tenant',
  sql: `
DROP INDEX message_waiting;
CREATE INDEX message_waiting ON message (tenant, created_at) WHERE status = 'waiting';
`,
} as const
