// Support (客服): a ticket from whoever cannot get in, talked over by a secret link until it is solved.
import * as alerts from '../alerts/alerts.ts';
import * as audit from '../audit/audit.ts';
import type { TicketState } from '../db/support-tables.ts';
import * as devices from '../devices/devices.ts';
import type { Me, Visitor } from '../http.ts';
import * as messages from '../messages/messages.ts';
import type { Language } from '../problems.ts';
import * as staff from '../staff/staff.ts';
import { atomically, iso, moment, type World } from '../world.ts';
import { mayOpen, mayWrite, type SlowDown } from './flooding.ts';
import { removeFiles } from './pictures.ts';
import { afterAuthor, authorMay } from './rules.ts';
import * as store from './store.ts';

export {
  askForVouching,
  prove,
  sendCode,
  tellVouchers,
  type Vouchable,
  vouch,
  vouchable,
} from './identity.ts';
export * as pictures from './pictures.ts';
export { holdProof, type Proven, proofsOf, provenFor, spendProof, vouchedIn } from './proofs.ts';
export type { Ticket } from './store.ts';
export type By = { me: Me | null; visitor: Visitor };

const blank = { hours: '', phone: '', email: '', note: '' };
export type Settings = typeof blank;

/** How support can be reached without a ticket; empty texts until an administrator has said so. */
export async function settingsOf(world: World): Promise<Settings> {
  return (world.workspaceId ? await store.settings(world) : undefined) ?? blank;
}

/** Keeps how support can be reached. */
export async function keepSettings(
  world: World,
  after: Settings,
  by: { me: Me; visitor: Visitor },
): Promise<void> {
  await atomically(world, async tx => {
    const before = await settingsOf(tx);
    await store.keepSettings(tx, after);
    await audit.record(tx, { action: 'support.settings', by: by.me, visitor: by.visitor, before, after });
  });
}

export type Opening = {
  cause: string;
  text: string;
  account: string;
  name: string;
  contact: string;
  facts: Record<string, unknown>;
};
export type Opened = { kind: 'opened'; number: string; token: string; link: string } | SlowDown;

/** Opens a ticket. Whether the account exists changes neither the answer nor the work behind it. */
export async function open(world: World, input: Opening, by: By): Promise<Opened> {
  const { me, visitor } = by;
  const account = me
    ? ((await staff.byId(world, me.id))?.sign_in_name ?? '')
    : staff.normalName(input.account);
  const behind = await devices.behind(world, account, visitor.browser);
  const personId = me?.id ?? behind.person?.id ?? null;
  const full = await mayOpen(world, visitor, me !== null || behind.deviceId !== undefined);
  if (full) return full;
  const id = world.random.id();
  const token = tokenOf(world, id);
  const number = world.random.digits(8);
  await atomically(world, async tx => {
    const at = moment(tx);
    await store.insert(tx, {
      id,
      number,
      token_hash: devices.hashOf(token),
      cause: input.cause,
      account,
      person_id: personId,
      signed_in: me !== null,
      name: me?.name ?? input.name,
      contact: input.contact,
      language: visitor.language,
      address: visitor.address,
      device: devices.deviceLabel(visitor.userAgent),
      facts: JSON.stringify(input.facts),
      opened_at: at,
      changed_at: at,
    });
    await say(tx, id, { side: 'author', kind: 'words', text: input.text, by: me });
    if (input.contact) await write(tx, { id, ...input, number, language: visitor.language }, 'ticket-opened');
    await note(tx, 'support.open', id, { by: me, visitor, details: { number, cause: input.cause } });
    await alerts.raise(tx, { kind: 'ticket', data: { ticket: number } });
  });
  return { kind: 'opened', number, token, link: linkTo(world, id) };
}

/** The token of a ticket's link: made from its id by a key apart from the database, so that letters can carry it. */
function tokenOf(world: World, id: string): string {
  return world.secrets.mac('ticket', `${world.workspaceId} ${id}`).toString('base64url');
}

function linkTo(world: World, id: string): string {
  return messages.link(world, `/support#${tokenOf(world, id)}`);
}

/** A letter to the address that was given, whosever it is: it holds the link and not a word of what was typed. */
async function write(
  world: World,
  ticket: { id: string; contact: string; number: string; language: string },
  template: 'ticket-opened' | 'ticket-answered',
): Promise<void> {
  await messages.post(world, {
    to: ticket.contact,
    personId: null,
    channel: 'email',
    template,
    language: ticket.language as Language,
    data: { number: ticket.number, link: linkTo(world, ticket.id) },
    secret: true,
  });
}

/** The ticket behind a link's token. */
export async function byToken(world: World, token: string): Promise<store.Ticket | undefined> {
  return world.workspaceId ? store.byToken(world, devices.hashOf(token)) : undefined;
}

export const byId = store.byId;
export const list = store.list;

/** What belongs to a ticket. */
export async function partsOf(world: World, ticket: Pick<store.Ticket, 'id'>) {
  const [entries, shots, vouches] = await Promise.all([
    store.entries(world, ticket.id),
    store.pictures(world, ticket.id),
    store.vouches(world, ticket.id),
  ]);
  return { entries, pictures: shots, vouches };
}

export type Written = { kind: 'done' } | { kind: 'closed' } | SlowDown;

/** Its author writes on; the ticket is support's turn again. */
export async function writeAsAuthor(
  world: World,
  ticket: store.Ticket,
  text: string,
  by: By,
): Promise<Written> {
  const full = await mayWrite(world, ticket.id);
  if (full) return full;
  return atomically(world, async tx => {
    const held = await store.hold(tx, ticket.id);
    const state = held ? afterAuthor(held.state) : null;
    if (!state) return { kind: 'closed' };
    await say(tx, ticket.id, { side: 'author', kind: 'words', text, by: null });
    await move(tx, ticket.id, state);
    await note(tx, 'support.write', ticket.id, { by: null, visitor: by.visitor, details: ticket });
    return { kind: 'done' };
  });
}

/** Support answers, and whoever gave an address is told that there is an answer. */
export async function answer(
  world: World,
  id: string,
  said: { text: string; state: TicketState },
  by: { me: Me; visitor: Visitor },
): Promise<'done' | 'not-found'> {
  return atomically(world, async tx => {
    const ticket = await store.hold(tx, id);
    if (!ticket) return 'not-found';
    await say(tx, id, { side: 'support', kind: 'words', text: said.text, by: by.me });
    if (ticket.state !== said.state) await turn(tx, ticket, said.state, 'support', by.me);
    else await move(tx, id, said.state);
    if (ticket.contact) await write(tx, ticket, 'ticket-answered');
    await note(tx, 'support.answer', id, { by: by.me, visitor: by.visitor, details: ticket });
    return 'done';
  });
}

/** Support brings a ticket into another state. */
export async function setState(
  world: World,
  id: string,
  state: TicketState,
  by: { me: Me; visitor: Visitor },
): Promise<'done' | 'not-found'> {
  return atomically(world, async tx => {
    const ticket = await store.hold(tx, id);
    if (!ticket) return 'not-found';
    if (ticket.state === state) return 'done';
    await turn(tx, ticket, state, 'support', by.me);
    await note(tx, 'support.state', id, { by: by.me, visitor: by.visitor, details: { ...ticket, state } });
    return 'done';
  });
}

/** Its author closes it with what he has tried, or says that it is not solved. */
export async function settle(
  world: World,
  ticket: store.Ticket,
  to: { state: TicketState; checks?: Record<string, boolean> | undefined },
  by: By,
): Promise<'done' | 'wrong-state'> {
  return atomically(world, async tx => {
    const held = await store.hold(tx, ticket.id);
    if (!held || !authorMay(held.state, to.state)) return 'wrong-state';
    if (to.checks) await store.change(tx, ticket.id, { checks: JSON.stringify(to.checks) });
    await turn(tx, held, to.state, 'author', null);
    await note(tx, 'support.state', ticket.id, {
      by: null,
      visitor: by.visitor,
      details: { ...ticket, state: to.state },
    });
    return 'done';
  });
}

async function turn(
  world: World,
  ticket: store.Ticket,
  state: TicketState,
  side: 'author' | 'support',
  by: Me | null,
): Promise<void> {
  const kind = ticket.state === 'closed' ? 'reopened' : `${side}-${state}`;
  await say(world, ticket.id, { side: 'system', kind, text: '', by });
  await move(world, ticket.id, state);
}

async function move(world: World, id: string, state: TicketState): Promise<void> {
  const at = moment(world);
  await store.change(world, id, { state, changed_at: at, closed_at: state === 'closed' ? at : null });
}

async function say(
  world: World,
  ticketId: string,
  entry: {
    side: 'author' | 'support' | 'system';
    kind: string;
    text: string;
    by: Pick<Me, 'id' | 'name'> | null;
  },
): Promise<void> {
  const { side, kind, text, by } = entry;
  await store.insertEntry(world, {
    ticket_id: ticketId,
    id: world.random.id(),
    at: moment(world),
    side,
    kind,
    by_id: by?.id ?? null,
    by_name: by?.name ?? null,
    text,
  });
}

async function note(
  world: World,
  action: string,
  id: string,
  of: {
    by: Pick<Me, 'id' | 'name'> | null;
    visitor: Visitor;
    details: { number: string; cause?: string; state?: string };
  },
): Promise<void> {
  const { number, cause, state } = of.details;
  await audit.record(world, {
    action,
    by: of.by,
    visitor: of.visitor,
    object: { type: 'ticket', id },
    details: { number, ...(cause ? { cause } : {}), ...(state ? { state } : {}) },
  });
}

const keptMs = 180 * 86_400_000;

/** Forgets tickets closed half a year ago, with their pictures. */
export async function sweep(world: World): Promise<void> {
  const files = await store.removeClosed(world, iso(world.now() - keptMs));
  await removeFiles(world, files);
}
