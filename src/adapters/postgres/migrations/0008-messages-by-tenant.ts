/** A relay takes from one tenant after the other, so what waits stands by its tenant: the backlog of one is not read to find the message of another. */
export const messagesByTenant = {
  number: 8,
  name: 'messages by tenant',
  sql: (schema: string): string => `
DROP INDEX ${schema}.message_waiting;
CREATE INDEX message_waiting ON ${schema}.message (tenant, created_at, id) WHERE status = 'waiting';
`,
} as const
