// Attack weather over HTTP: what is seen of attacks now and over time, defence mode, the end of an alarm.
import { z } from 'zod';
import { line, Person } from '../fields.ts';

const Counts = z.object({
  known: z.int(),
  familiar: z.int(),
  stranger: z.int(),
  wrong: z.int(),
  repeated: z.int(),
  listed: z.int(),
  asked: z.int(),
  locked: z.int(),
  busy: z.int(),
});

/** Counts since a whole five minutes. */
const Window = z.object({ since: z.iso.datetime(), counts: Counts });
const Settings = z.object({ autoDefence: z.boolean() });

const Defence = z.object({
  since: z.iso.datetime(),
  until: z.iso.datetime(),
  /** Empty when an alarm began it. */
  reason: z.string(),
  /** Null when an alarm began it. */
  by: Person.nullable(),
});

export const Weather = z
  .object({
    at: z.iso.datetime(),
    /** A spray is seen. `wide`: over the whole installation; nobody can end it. */
    alarm: z.object({ since: z.iso.datetime(), until: z.iso.datetime(), wide: z.boolean() }).nullable(),
    /** The last alarm, when it ended within a week. */
    lastAlarm: z.object({ since: z.iso.datetime(), until: z.iso.datetime() }).nullable(),
    flood: z.object({ since: z.iso.datetime() }).nullable(),
    defence: Defence.nullable(),
    /** Names that strangers missed on within a day; more than `threshold` raise the alarm. */
    spray: z.object({ names: z.int(), threshold: z.int() }),
    recent: z.object({ fiveMinutes: Window, hour: Window, day: Window }),
    /** Of the process that answers. */
    passwords: z.object({ waiting: z.int(), verified: z.int() }),
    sources: z.array(
      z.object({
        source: z.string(),
        origin: z.string().nullable(),
        blame: z.number(),
        limit: z.number(),
        /** How many people sign in well from there. */
        people: z.int(),
        /** Strangers from there prove themselves first. */
        suspect: z.boolean(),
        lastAt: z.iso.datetime(),
      }),
    ),
    accounts: z.array(
      z.object({
        /** Null: names that are nobody’s, all together. */
        person: Person.nullable(),
        names: z.int(),
        tries: z.int(),
        turnedAway: z.int(),
        sources: z.int(),
        lastAt: z.iso.datetime().nullable(),
        /** How often the account was signed in to by a stranger’s lane while the alarm held. */
        letIn: z.int(),
      }),
    ),
    /** Sign-ins by a stranger’s lane while the alarm held, newest first: the accounts to look at. */
    letIn: z.array(
      z.object({
        person: Person,
        at: z.iso.datetime(),
        address: z.string(),
        origin: z.string().nullable(),
        device: z.string(),
      }),
    ),
    settings: Settings,
    /** A proxy stands before the server that the settings do not name: addresses of visitors are unknown. */
    hiddenVisitors: z.boolean(),
  })
  .meta({ id: 'Weather' });

const reason = line(500).min(3);

export const weatherContract = {
  'GET /weather': {
    summary: 'Attacks as they are seen now: alarm, flood, defence mode, counts, sources and accounts',
    access: ['read', 'lock'],
    replies: { 200: Weather },
  },
  'GET /weather/history': {
    summary: 'What sign-ins came to, in at most 300 points, oldest first',
    access: ['read', 'lock'],
    query: z.object({ span: z.enum(['day', 'week', 'quarter']).default('day') }),
    replies: {
      200: z.object({
        span: z.enum(['day', 'week', 'quarter']),
        stepMinutes: z.int(),
        points: z.array(
          z.object({
            at: z.iso.datetime(),
            counts: Counts,
            /** The most that failed within five minutes of it. */
            sources: z.int(),
          }),
        ),
      }),
    },
  },
  'POST /weather/defence': {
    summary: 'Asks unknown devices for a proof before anything else, for some hours; ends by itself',
    access: ['configure', 'policy'],
    body: z.strictObject({ hours: z.int().min(1).max(72), reason }),
    replies: { 201: Defence },
  },
  'DELETE /weather/defence': {
    summary: 'Ends defence mode before its time',
    access: ['configure', 'policy'],
    replies: { 204: null },
  },
  'POST /weather/alarm/end': {
    summary: 'Ends an alarm whose cause is known; the watch goes on',
    access: ['configure', 'policy'],
    body: z.strictObject({ reason }),
    replies: { 204: null },
  },
  'PUT /weather/settings': {
    summary: 'Whether an alarm begins defence mode for two hours',
    access: ['configure', 'policy'],
    body: z.strictObject({ autoDefence: z.boolean() }),
    replies: { 200: Settings },
  },
} as const;
