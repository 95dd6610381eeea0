/**
 * A tenant's id is the first column of every primary key, and texts compare by code (`COLLATE "C"`), whatever the locale of the database.
 *
 * `stamp` is drawn at random for each write: a record that was removed and written anew under its old version is told apart by it.
 * `replaces` is the stamp of the row that a write replaces, 0 for a new record: an upsert compares the two.
 * State is kept as `json`, the very text that was written; entries are `jsonb`, because they are searched.
 */
export const tables = {
  number: 1,
  name: 'tables',
  sql: (schema: string): string => `
CREATE TABLE ${schema}.record (
  tenant text COLLATE "C" NOT NULL,
  kind text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  version bigint NOT NULL CHECK (version >= 1),
  stamp bigint NOT NULL,
  replaces bigint NOT NULL,
  chain text NOT NULL,
  entries jsonb NOT NULL,
  state json NOT NULL,
  PRIMARY KEY (tenant, kind, id)
) WITH (fillfactor = 85);

-- The records of kind stock, with id = location || '/' || sku. A state or entries beyond these columns stand in the last two.
CREATE TABLE ${schema}.stock_level (
  tenant text COLLATE "C" NOT NULL,
  location text COLLATE "C" NOT NULL,
  sku text COLLATE "C" NOT NULL,
  on_hand bigint NOT NULL,
  reserved bigint NOT NULL,
  quarantined bigint NOT NULL,
  safety_stock bigint NOT NULL,
  backorder_allowance bigint NOT NULL,
  incoming bigint NOT NULL,
  version bigint NOT NULL CHECK (version >= 1),
  stamp bigint NOT NULL,
  replaces bigint NOT NULL,
  chain text NOT NULL,
  entries jsonb,
  state json,
  PRIMARY KEY (tenant, location, sku),
  CONSTRAINT "ST3 reserved stays between 0 and on hand + allowance"
    CHECK (reserved BETWEEN 0 AND on_hand + backorder_allowance),
  CONSTRAINT "ST3 on hand is never negative" CHECK (on_hand >= 0),
  CONSTRAINT "ST8 incoming is never negative" CHECK (incoming >= 0)
) WITH (fillfactor = 60);

CREATE TABLE ${schema}.event (
  tenant text COLLATE "C" NOT NULL,
  kind text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  version bigint NOT NULL CHECK (version >= 1),
  event_id text COLLATE "C" NOT NULL,
  type text NOT NULL,
  recorded_at text COLLATE "C" NOT NULL,
  body text NOT NULL,
  hash text NOT NULL,
  PRIMARY KEY (tenant, kind, id, version)
);

CREATE TABLE ${schema}.message (
  tenant text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  about_kind text COLLATE "C" NOT NULL,
  about_id text COLLATE "C" NOT NULL,
  position bigint NOT NULL,
  topic text NOT NULL,
  channel text NOT NULL,
  data json NOT NULL,
  created_at text COLLATE "C" NOT NULL,
  status text NOT NULL DEFAULT 'waiting' CHECK (status IN ('waiting', 'parked', 'delivered')),
  attempts bigint NOT NULL DEFAULT 0,
  fence bigint NOT NULL DEFAULT 0,
  due_at text COLLATE "C" NOT NULL,
  reason text,
  delivered_at text COLLATE "C",
  PRIMARY KEY (tenant, id)
) WITH (fillfactor = 85);

-- Both serve the relay. Delivered messages are in neither, so it stays as fast as the day it had none.
CREATE INDEX message_waiting ON ${schema}.message (created_at, tenant, id) WHERE status = 'waiting';
CREATE INDEX message_line ON ${schema}.message (tenant, about_kind, about_id, position, id) WHERE status <> 'delivered';
`,
} as const
