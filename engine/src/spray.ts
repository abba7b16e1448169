// Spray: a few guesses on very many accounts; seen by the number of accounts that strangers miss on in a day, against
// what is usual: Herley and Schechter, Distinguishing Attacks from Legitimate Authentication Traffic at Scale
// (NDSS 2019). The numbers are ours, set so that the simulated honest people never raise the alarm.
import { DAY } from './spans.ts';

/** The weather over one workspace, or over the whole installation. */
export interface Weather {
  /** Slow average of accounts touched a day. */
  readonly average: number;
  /** The alarm holds until then; `null` in fair weather. */
  readonly alarmUntil: number | null;
}

/** Below this many accounts a day nothing is a spray: a team mistypes too. */
export const SPRAY_ACCOUNTS = 5;
/** … nor below this share of the accounts … */
export const SPRAY_SHARE = 0.01;
/** … nor below so many times what is usual. */
export const SPRAY_TIMES = 4;
/** The usual may not be trained above this share by an attacker who starts slowly. */
export const AVERAGE_SHARE = 0.005;
/** A day weighs one thirtieth in the average: a month's memory. */
export const AVERAGE_DAYS = 30;
/** The alarm outlives its cause by a day. */
export const ALARM_FOR = DAY;

/** Fair weather: nothing seen yet. */
export const FAIR: Weather = { average: 0, alarmUntil: null };

/** How many accounts touched in one day raise the alarm, exclusively. */
export function sprayThreshold(weather: Weather, accounts: number): number {
  return Math.max(SPRAY_ACCOUNTS, SPRAY_SHARE * accounts, SPRAY_TIMES * usual(weather.average, accounts));
}

/** The weather after a stranger's miss: `touched` distinct accounts within the last day, of `accounts`. */
export function watch(weather: Weather, touched: number, accounts: number, now: number): Weather {
  if (touched <= sprayThreshold(weather, accounts)) return weather;
  return { ...weather, alarmUntil: Math.max(weather.alarmUntil ?? 0, now + ALARM_FOR) };
}

/** The weather after a day has ended with `touched` accounts. */
export function endDay(weather: Weather, touched: number, accounts: number): Weather {
  const average = weather.average + (touched - weather.average) / AVERAGE_DAYS;
  return { ...weather, average: usual(average, accounts) };
}

/** Whether the alarm holds: strangers then get the alarm lane. */
export function isAlarm(weather: Weather, now: number): boolean {
  return weather.alarmUntil !== null && now < weather.alarmUntil;
}

function usual(average: number, accounts: number): number {
  return Math.min(average, AVERAGE_SHARE * accounts);
}
