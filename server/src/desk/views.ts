// The desk's records as they travel, and one account's whole story.
import type { z } from 'zod';
import * as arrivals from '../arrivals/arrivals.ts';
import * as attempts from '../attempts/attempts.ts';
import * as devices from '../devices/devices.ts';
import * as factors from '../factors/factors.ts';
import type { Me } from '../http.ts';
import * as locks from '../locks/locks.ts';
import { originOf, originWords } from '../networks/networks.ts';
import type { Language } from '../problems.ts';
import * as staff from '../staff/staff.ts';
import { teller } from '../stories/stories.ts';
import * as support from '../support/support.ts';
import { iso, type World } from '../world.ts';
import type { ColleagueView, RequestView } from './contract.ts';
import * as desk from './desk.ts';
import { whyWords } from './words.ts';

const day = 86_400_000;
const newest = 10;

/** A colleague; what stands in his way only for those who look after locks. */
export function colleagueView(row: desk.Colleague, whole: boolean): z.input<typeof ColleagueView> {
  const { initial_until: until } = row;
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    role: row.role,
    roleId: row.role_id,
    teamId: row.team_id,
    state: row.state,
    language: row.language,
    createdAt: row.created_at,
    ...(whole
      ? {
          account: {
            verified: { email: row.email_verified_at !== null },
            locks: row.standing,
            lastSignInAt: row.last_sign_in,
            devices: row.devices,
            sessions: row.sessions,
            factors: row.factors,
            initialPassword: until ? { until, used: row.initial_used_at !== null } : null,
          },
        }
      : {}),
  };
}

/** Requests with names in place of ids, and what the reader may do about each. */
export async function requestViews(
  world: World,
  rows: desk.RequestRow[],
  me: Pick<Me, 'id' | 'role'>,
): Promise<z.input<typeof RequestView>[]> {
  const names = new Map((await staff.names(world)).map(({ id, name }) => [id, name]));
  const named = (id: string) => ({ id, name: names.get(id) ?? '' });
  return rows.map(row => {
    const open = ['waiting', 'approved'].includes(row.state) && Date.parse(row.expires_at) > world.now();
    const mine = row.asked_by === me.id;
    const may: ('approve' | 'refuse' | 'collect')[] = [];
    if (open && me.role === 'administrator') {
      if (row.state === 'waiting' && !mine && row.person_id !== me.id) may.push('approve');
      if (row.state === 'approved' && mine) may.push('collect');
      may.push('refuse');
    }
    const over = !open && ['waiting', 'approved'].includes(row.state);
    return {
      id: row.id,
      person: named(row.person_id),
      action: row.action as desk.Action,
      reason: row.reason,
      proof: row.proof as desk.Proof,
      ticket: row.ticket_id,
      askedBy: named(row.asked_by),
      askedAt: row.asked_at,
      expiresAt: row.expires_at,
      state: over ? ('expired' as const) : row.state,
      decidedBy: row.decided_by ? named(row.decided_by) : null,
      decidedAt: row.decided_at,
      decidedWhy: row.decided_why,
      may,
    };
  });
}

/** All about one account for whoever is to help; undefined for nobody. */
export async function storyOf(world: World, personId: string, by: { me: Me; language: Language }) {
  const { me, language } = by;
  const [row, person] = await Promise.all([desk.person(world, personId), staff.byId(world, personId)]);
  if (!row || !person) return undefined;
  const tell = teller(world, language);
  const helps = me.role === 'administrator';
  const account = attempts.accountOf(world, person.sign_in_name);
  const [own, came, known, open, has, tries, requests, offers, proofs] = await Promise.all([
    locks.mine(world, personId),
    arrivals.list(world, personId),
    devices.list(world, personId),
    devices.sessions(world, personId),
    factors.own(world, person),
    attempts.of(world, { account, since: iso(world.now() - 30 * day), limit: 2 * newest }),
    helps ? desk.requests(world, { limit: newest, personId, open: false }) : [],
    helps ? desk.offers(world, person, me) : [],
    helps ? support.proofsOf(world, personId) : [],
  ]);
  const origin = (source: string) => originWords(originOf(world, source) ?? source, language);
  return {
    person: colleagueView(row, true),
    offers: offers.map(offer => ({ ...offer, words: offer.why ? whyWords[offer.why][language] : null })),
    locks: await Promise.all(own.slice(0, newest).map(tell.of)),
    arrivals: came.slice(0, newest).map(({ id, at, address, device, answer }) => ({
      id,
      at,
      origin: origin(address),
      device,
      answer,
    })),
    devices: known.map(({ id, label, address, last_seen_at }) => ({
      id,
      label,
      address,
      lastSeenAt: last_seen_at,
    })),
    sessions: open.map(({ id, label, address, last_seen_at }) => ({
      id,
      device: label,
      address,
      lastSeenAt: last_seen_at,
    })),
    factors: has.factors.map(({ id, kind, name, last_used_at }) => ({
      id,
      kind,
      name,
      lastUsedAt: last_used_at,
    })),
    recoveryCodesLeft: has.codes?.left ?? 0,
    attempts: tries.map(({ id, at, source, device, lane, verdict }) => ({
      id,
      at,
      origin: origin(source),
      device: device === '' || device === '?' ? null : device,
      lane,
      kind: verdict,
    })),
    requests: await requestViews(world, requests, me),
    proofs: proofs
      .filter(proof => !proof.vouchers.some(voucher => voucher.id === me.id))
      .map(({ ticketId: ticket, number, how, until, vouchers }) => ({
        ticket,
        number,
        how,
        until,
        vouchers: vouchers.map(voucher => voucher.name),
      })),
  };
}
