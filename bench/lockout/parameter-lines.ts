// Every parameter of the simulation as a list for the report, read from where the simulation reads it.
import { DAY, HOUR, MINUTE, SECOND, ZIPF } from '../../engine/src/index.ts';
import * as parameters from './parameters.ts';

const { ADMINISTRATOR_AFTER, ATTACK, CHANGES, CLIENTS, LISTS, PEOPLE, SEED, SLIPS } = parameters;

/** The parameters, one bullet a subject. */
export function parameterLines(): string {
  return [
    `seed ${SEED}, ${ATTACK.days} days`,
    `a visit every ${PEOPLE.paceFrom / HOUR} h to ${PEOPLE.paceTo / DAY} days on average, log-uniform over people, exponential over visits`,
    `one to ${PEOPLE.devices} known devices; ${percent(PEOPLE.newDevice)} of visits on a new device, ${percent(PEOPLE.clearedCookies)} with cleared cookies, ${percent(PEOPLE.privateWindow)} in a private window; ${percent(PEOPLE.withoutProof)} of people have no second proof`,
    `${percent(PEOPLE.office)} of visits from the office (${PEOPLE.officeSize} people each), ${percent(PEOPLE.home)} home, ${percent(PEOPLE.mobile)} mobile (${PEOPLE.carriers} carriers of ${PEOPLE.exitsOfCarrier} exits), all known from before, the rest from ${PEOPLE.networksElsewhere.toLocaleString('en')} other networks`,
    `per try ${percent(SLIPS.mistyped)} mistyped (${percent(SLIPS.capsLock)} of these caps lock, repeated unchanged in ${percent(SLIPS.capsLockAgain)}), ${percent(SLIPS.otherPassword)} another of ${SLIPS.ownPasswords} own passwords; ${SLIPS.between / SECOND} s between tries`,
    `forgotten at ${percent(SLIPS.forgottenFrom)} (quickest pace) to ${percent(SLIPS.forgottenTo)} (slowest) of visits, remembered at each further try with ${percent(SLIPS.recalls)}, up to ${SLIPS.tries} tries, then recovery; half of these tries are other own passwords, half inventions`,
    `${CHANGES.aYear} password change a year; the old one typed first in ${percent(CHANGES.oldFirst)} of the next visits, falling by ${CHANGES.oldFading} a visit`,
    `${percent(CLIENTS.share)} run a client that polls every ${CLIENTS.every / MINUTE} min and is stale for ${CLIENTS.staleFor / DAY} days on average after a change (${percent(CLIENTS.withCookie)} with a device cookie, ${percent(CLIENTS.fromHome)} from home, the rest roaming)`,
    `an administrator helps ${ADMINISTRATOR_AFTER / HOUR} h after an owner first runs into a lock that will not end sooner by itself: a one-time code for the person where proofs exist, else a lift`,
    `passwords by CDF-Zipf, P(rank ≤ r) = C·r^s: ${Object.entries(ZIPF)
      .map(([name, fit]) => `${name} C ${fit.c} s ${fit.s}`)
      .join(', ')}; listed own passwords drawn by the first; success under the worst`,
    `screening list ${LISTS.shipped.toLocaleString('en')} (ships) and ${LISTS.large.toLocaleString('en')}; attackers know it, the distribution and the policy, and begin below it where listed guesses are useless; the rules for habits (names in pinyin, dates, telephone numbers, keys in a row, words with numbers) and a breach file, which screen beyond the list, are not counted`,
    `targeted and lock-out attacker: one account, a fresh address for every guess, back ${ATTACK.notices / SECOND} s after anything opened; the office attacker sits on the victim's network as well`,
    `spray: all accounts, ${ATTACK.sprayGuessesADay} guesses a day each, ${ATTACK.sprayAddresses.toLocaleString('en')} addresses, or a fresh one each time`,
    'smart lockout: familiar and unfamiliar places apart, last three wrong passwords not counted again, 10 misses lock 1 min, doubling with each further miss up to 1 h; device cookies: 10 per cookie and 5 for all others, 30 min; DALock: 10 in a row or mass 2⁻⁹ lock for a day, the mass cleared by a right password',
  ]
    .map(line => `- ${line}`)
    .join('\n');
}

function percent(part: number): string {
  return `${Number((part * 100).toFixed(1))} %`;
}
