// All SQL of the messages in a workspace's own words.
import type { World } from '../world.ts';
import type { Channel, OwnText } from './own-words.ts';

type Which = { channel: Channel; template: string; language: string };

const table = (world: World) =>
  world.db.selectFrom('message_templates').where('workspace_id', '=', world.workspaceId);

export async function find(world: World, which: Which): Promise<OwnText | null> {
  const row = await table(world)
    .select(['subject', 'paragraphs'])
    .where('channel', '=', which.channel)
    .where('template', '=', which.template)
    .where('language', '=', which.language)
    .executeTakeFirst();
  return row ?? null;
}

export async function all(world: World) {
  return table(world).selectAll().execute();
}

export async function keep(
  world: World,
  which: Which,
  text: OwnText & { at: string; by: string },
): Promise<void> {
  const { subject, paragraphs, at, by } = text;
  const set = { subject, paragraphs, changed_at: at, changed_by: by };
  await world.db
    .insertInto('message_templates')
    .values({ workspace_id: world.workspaceId, ...which, ...set })
    .onConflict(conflict =>
      conflict.columns(['workspace_id', 'channel', 'template', 'language']).doUpdateSet(set),
    )
    .execute();
}

export async function remove(world: World, which: Which): Promise<void> {
  await world.db
    .deleteFrom('message_templates')
    .where('workspace_id', '=', world.workspaceId)
    .where('channel', '=', which.channel)
    .where('template', '=', which.template)
    .where('language', '=', which.language)
    .execute();
}
