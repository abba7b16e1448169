// Makes the demo's companies and the people one speaks to there.
import {
  chineseFamilies,
  chineseLine,
  chineseMen,
  chineseMobile,
  chinesePlaces,
  chineseStreets,
  chineseWomen,
  type Region,
  regions,
} from './regions.ts';
import type { Seeded } from './seed.ts';
import { chineseBrand, chineseForms, latinBrand, latinForms, type Trade, titles, trades } from './trades.ts';

export type Company = {
  name: string;
  region: Region;
  trade: Trade;
  city: string;
  address: string;
  phone: string;
  domain: string;
};

export type Buyer = {
  name: string;
  /** As one calls him or her in a note, in either language. */
  called: { zh: string; en: string };
  title: string;
  phone: string;
  email: string;
  wechat: string | null;
};

const pairs = (text: string) => text.split(' ').map(pair => pair.split('=') as [sign: string, latin: string]);
const firstSigns = pairs(chineseBrand.first);
const secondSigns = pairs(chineseBrand.second);

/** A company whose brand none of those `taken` has. */
export function makeCompany(dice: Seeded, region: Region, taken: Set<string>): Company {
  for (;;) {
    const company = region === 'cn' ? chinese(dice) : latin(dice, region);
    if (taken.has(company.domain)) continue;
    taken.add(company.domain);
    return company;
  }
}

function chinese(dice: Seeded): Company {
  const trade = dice.pick(trades);
  const place = dice.pick(chinesePlaces);
  const [first, firstLatin] = dice.pick(firstSigns);
  const [second, secondLatin] = dice.pick(secondSigns);
  const where = dice.chance(0.75) ? place.city : '';
  return {
    name: `${where}${first}${second}${dice.pick(trade.zh)}${dice.pick(chineseForms)}`,
    region: 'cn',
    trade,
    city: place.city,
    address: `${place.city}市${place.district}${dice.pick(chineseStreets)}${dice.whole(1, 399)}号`,
    phone: chineseLine(dice, place.code),
    domain: `${firstLatin}${secondLatin}-${trade.slug}.example`,
  };
}

function latin(dice: Seeded, region: Exclude<Region, 'cn'>): Company {
  const facts = regions[region];
  const trade = dice.pick(trades);
  const place = dice.pick(facts.places);
  const brand = `${dice.pick(latinBrand.first.split(' '))}${dice.pick(latinBrand.second.split(' '))}`;
  const street = dice.pick(facts.streets);
  const number = dice.whole(1, 240);
  return {
    name: `${brand} ${dice.pick(trade.en)} ${dice.pick(latinForms[region])}`,
    region,
    trade,
    city: place.city,
    address: region === 'de' ? `${street} ${number}, ${place.city}` : `${number} ${street}, ${place.city}`,
    phone: facts.line(dice, place.code),
    domain: `${brand.toLowerCase()}-${trade.slug}.example`,
  };
}

/** Somebody who buys for that company. */
export function makeBuyer(dice: Seeded, company: Company): Buyer {
  if (company.region === 'cn') {
    const family = dice.pick(chineseFamilies);
    const woman = dice.chance(0.45);
    const given = dice.pick(woman ? chineseWomen : chineseMen);
    const address = dice.pick(woman ? ['总', '经理', '女士', '姐'] : ['总', '经理', '先生', '工']);
    const latinName = `${given.latin}.${family.latin}`;
    return {
      name: `${family.sign}${given.sign}`,
      called: {
        zh: `${family.sign}${address}`,
        en: `${woman ? 'Ms' : 'Mr'} ${family.latin.charAt(0).toUpperCase()}${family.latin.slice(1)}`,
      },
      title: dice.pick(titles.zh),
      phone: chineseMobile(dice),
      email: `${latinName}@${company.domain}`,
      wechat: dice.chance(0.7) ? `${family.latin}_${given.latin}${dice.whole(1, 99)}` : null,
    };
  }
  const facts = regions[company.region];
  const [given, family] = [dice.pick(facts.given), dice.pick(facts.family)];
  return {
    name: `${given} ${family}`,
    called: { zh: given, en: given },
    title: dice.pick(titles.en),
    phone: facts.mobile(dice),
    email: `${plain(given)}.${plain(family)}@${company.domain}`,
    wechat: null,
  };
}

function plain(name: string): string {
  return name.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('ı', 'i').toLowerCase();
}
