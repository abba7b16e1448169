// Rough origin in words: country and city where a GeoIP file tells them, else the network.
import type { Language } from '../problems.ts';
import type { World } from '../world.ts';
import { isInternal, networkOf, readRange } from './ranges.ts';

export type Origin = {
  /** ISO 3166-1 alpha-2. */
  country: string;
  countryName: { zh: string; en: string };
  city: { zh: string; en: string } | null;
  /** Null when the file knows countries only. */
  lat: number | null;
  lon: number | null;
  accuracyKm: number;
};

const chinese = new Intl.DisplayNames('zh-CN', { type: 'region' });
const english = new Intl.DisplayNames('en', { type: 'region', style: 'short' });
/** As business writing in mainland China has them. */
const chineseCustom: Record<string, string> = { HK: '中国香港', MO: '中国澳门', TW: '中国台湾' };

/** Where an address or source comes from, roughly; null without a GeoIP file, and for internal addresses. */
export function originOf(world: Pick<World, 'geo'>, address: string): Origin | null {
  const range = readRange(address);
  if (!range || isInternal(range)) return null;
  const place = world.geo.find(address.split('/')[0] ?? '');
  if (!place) return null;
  const { country, countryName, ...rest } = place;
  const named = /^[A-Z]{2}$/.test(country);
  return {
    country,
    countryName: {
      zh: chineseCustom[country] ?? (named ? chinese.of(country) : undefined) ?? countryName,
      en: (named ? english.of(country) : undefined) ?? countryName,
    },
    ...rest,
  };
}

/** “中国 上海”, “Shanghai, China”; of an address “内部网络” or the wider network, `203.0.113.0/24`. */
export function originWords(from: Origin | string, language: Language): string {
  if (typeof from === 'string') {
    const range = readRange(from);
    if (range && isInternal(range)) return language === 'zh-CN' ? '内部网络' : 'internal network';
    return networkOf(from);
  }
  const tongue = language === 'zh-CN' ? 'zh' : 'en';
  const country = from.countryName[tongue];
  const city = from.city?.[tongue];
  if (!city || country.endsWith(city)) return country;
  return tongue === 'zh' ? `${country} ${city}` : `${city}, ${country}`;
}
