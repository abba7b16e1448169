// Puts a great many deals with their moves into a running installation, the same every time.
import type pg from 'pg';
import { markOf, titleKeys } from '../../server/src/folding.ts';
import { connectOwner } from './load.ts';

/** Adds `count` deals with the customers that are there; about four moves each, over eighteen months. */
export async function loadDeals(input: { dataDir: string; count: number }): Promise<void> {
  const client = await connectOwner(input.dataDir);
  try {
    await client.query('set jit = off');
    await client.query("set session_replication_role = 'replica'");
    await client.query(deals, [input.count]);
    await client.query(moves);
    await key(client);
    await client.query("set session_replication_role = 'origin'");
    await client.query(sums);
    await client.query('vacuum (analyze) deals, deal_keys, deal_moves, deal_sums');
    await client.query('checkpoint');
  } finally {
    await client.end();
  }
}

/** Makes the search keys as the product would. */
async function key(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ workspace_id: string; id: string; title: string }>(
    "select workspace_id, id, title from deals where title like 'Bench deal %'",
  );
  for (let at = 0; at < rows.length; at += 5_000) {
    const made = rows.slice(at, at + 5_000).map(({ workspace_id, id, title }) => ({
      workspace_id,
      id,
      keys: titleKeys(markOf(workspace_id), title),
    }));
    await client.query(
      `insert into deal_keys (workspace_id, id, keys, owner_id, team_id, at)
       select k.workspace_id, k.id, k.keys, d.owner_id, d.team_id, d.updated_at
       from jsonb_populate_recordset(null::deal_keys, $1::jsonb) k join deals d on d.workspace_id = k.workspace_id and d.id = k.id`,
      [JSON.stringify(made)],
    );
  }
}

/** Workspace, some deals at a closed stage, ids of open ones at each stage: what the requests are made of. */
export async function someDeals(dataDir: string, owner: string): Promise<string[]> {
  const client: pg.Client = await connectOwner(dataDir);
  try {
    const { rows } = await client.query<{ id: string }>(
      `select d.id from deals d join people p on p.id = d.owner_id where p.sign_in_name = $1 and d.deleted_at is null
       order by md5(d.id::text) limit 200`,
      [owner],
    );
    return rows.map(row => row.id);
  } finally {
    await client.end();
  }
}

// Names of their own as UUIDs of version 8: made from what they are, the same every time.
const deals = `
  with stages as (
    select workspace_id, pipeline_id, id, kind, row_number() over (order by position) - 1 as place
    from deal_stages where deleted_at is null and pipeline_id = (select id from pipelines where is_default)
  ), customer as (
    select id, owner_id, team_id, source, row_number() over (order by id) - 1 as k from customers where deleted_at is null and owner_id is not null
  ), dice as (
    select n, abs(hashint8(n)::bigint) as a, abs(hashint8(n + 7919)::bigint) as b, abs(hashint8(n + 104729)::bigint) as c
    from generate_series(1, $1::bigint) as n
  ), fate as (
    select *, case when a % 10 < 3 then a / 10 % 4 when a % 10 < 7 then 4 else 5 end as ending,
      case when a % 10 < 3 then now() - interval '1 hour' * (b % 2000)
        else now() - interval '540 days' * (1 - n::float8 / $1) - interval '10 days' end as created
    from dice
  )
  insert into deals (workspace_id, id, title, customer_id, amount, currency, pipeline_id, stage_id, kind, stage_since,
    probability, expected_on, source, lost_reason, owner_id, team_id, created_at, updated_at)
  select s.workspace_id, overlay(overlay(md5('deal ' || f.n) placing '8' from 13) placing '8' from 17)::uuid, 'Bench deal ' || f.n, c.id, (f.c % 4000 + 1) * 10000,
    case when f.b % 5 = 0 then 'USD' else 'CNY' end, s.pipeline_id, s.id, s.kind, now() - interval '1 minute',
    case when s.kind = 'open' and f.c % 9 = 0 then 10 * (f.b % 11) end,
    case when s.kind <> 'open' then (f.created + interval '40 days')::date
      when f.b % 12 > 0 then (now() + interval '1 day' * (f.c % 120 - 15))::date end,
    c.source, case when s.kind = 'lost' then (array['price', 'competitor', 'no-budget', 'timing', 'no-reply'])[1 + f.b % 5] end,
    c.owner_id, c.team_id, f.created, f.created
  from fate f join stages s on s.place = f.ending join customer c on c.k = f.c % (select count(*) from customer)`;

// From stage to stage in their order; who lost goes there from some stage on the way.
const moves = `
  with stages as (
    select workspace_id, id, kind, row_number() over (order by position) - 1 as place
    from deal_stages where deleted_at is null and pipeline_id = (select id from pipelines where is_default)
  ), made as (
    select d.workspace_id, d.id, d.owner_id, d.created_at, e.place as ending, abs(hashtext(d.id::text)::bigint) as dice
    from deals d join stages e on e.id = d.stage_id where d.title like 'Bench deal %'
  ), way as (
    select m.*, step, case when step < case m.ending when 4 then 4 when 5 then 1 + dice % 4 else m.ending + 1 end
      then step else m.ending end as place
    from made m cross join lateral generate_series(0, case m.ending when 4 then 4 when 5 then 1 + dice % 4 else m.ending end) as step
  ), told as (
    select w.*, s.id as stage_id, least(w.created_at + interval '1 hour' * (w.step * (24 + w.dice % 300)),
      now() - interval '1 minute' * (9 - w.step)) as at
    from way w join stages s on s.place = w.place
  ), moved as (
    insert into deal_moves (workspace_id, id, deal_id, from_stage, to_stage, since, at, by_id)
    select workspace_id, overlay(overlay(md5(id::text || step) placing '8' from 13) placing '8' from 17)::uuid, id, lag(stage_id) over way, stage_id, lag(at) over way, at, owner_id
    from told window way as (partition by id order by step)
    returning deal_id, at
  )
  update deals d set stage_since = last.at, updated_at = last.at
  from (select deal_id, max(at) as at from moved group by deal_id) as last where last.deal_id = d.id`;

const sums = `
  with emptied as (delete from deal_sums)
  insert into deal_sums (workspace_id, pipeline_id, stage_id, owner_id, team_id, currency, month, chance, count, amount)
  select workspace_id, pipeline_id, stage_id, owner_id, team_id, currency, date_trunc('month', expected_on)::date, probability,
    count(*), sum(amount)
  from deals where deleted_at is null group by 1, 2, 3, 4, 5, 6, 7, 8`;
