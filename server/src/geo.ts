// Rough origin of addresses, read from a MaxMind-format file that the administrator brings; without one nothing is known.
import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { isIP } from 'node:net';
import { type CityResponse, Reader } from 'mmdb-lib';
import { parseMetadata } from 'mmdb-lib/lib/metadata.js';
import type { Logger } from 'pino';

/** What the file says of an address; names as the file has them. */
export type Place = {
  country: string;
  countryName: string;
  city: { zh: string; en: string } | null;
  lat: number | null;
  lon: number | null;
  accuracyKm: number;
};

export type Geo = {
  /** Type and age of the file; null without one. */
  file: { type: string; builtAt: string } | null;
  find: (address: string) => Place | null;
};

/** A city is known about as well as this where the file does not say (GeoLite2 names 1 to 1000). */
const cityKm = 100;
const countryKm = 500;
/** The metadata stands within the last 128 KiB (MaxMind DB file format 2.0). */
const tail = 128 * 1_024;

/** Whether the file can be used: readable, metadata understood, as long as its tree says. Reads its end only. */
export function isGeoFile(path: string): boolean {
  let file: number | undefined;
  try {
    file = openSync(path, 'r');
    const { size } = fstatSync(file);
    const end = Buffer.alloc(Math.min(size, tail));
    readSync(file, end, 0, end.length, size - end.length);
    const metadata = parseMetadata(end);
    return metadata.nodeCount > 0 && metadata.searchTreeSize + 16 < size;
  } catch {
    return false;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** Opens the file; null opens none. */
export function openGeo(path: string | null, log: Logger): Geo {
  if (path === null) return { file: null, find: () => null };
  const reader = new Reader<CityResponse>(readFileSync(path));
  const { databaseType, buildEpoch, ipVersion } = reader.metadata;
  let told = false;
  const find = (address: string): Place | null => {
    const family = isIP(address);
    if (family === 0 || (family === 6 && ipVersion === 4)) return null;
    try {
      const found = reader.get(address);
      return found ? placeFrom(found) : null;
    } catch (error) {
      // A damaged entry must not keep anybody from signing in.
      if (!told) log.warn({ err: error }, 'the GeoIP file is damaged; some origins stay unknown');
      told = true;
      return null;
    }
  };
  return { file: { type: databaseType, builtAt: buildEpoch.toISOString() }, find };
}

function placeFrom(found: CityResponse): Place | null {
  const country = found.country ?? found.registered_country;
  if (!country?.iso_code) return null;
  const names = found.city?.names;
  const en = names?.en ?? names?.['zh-CN'];
  const { latitude, longitude, accuracy_radius: radius } = found.location ?? {};
  return {
    country: country.iso_code,
    countryName: country.names?.en ?? country.iso_code,
    city: en ? { en, zh: names?.['zh-CN'] ?? en } : null,
    lat: typeof latitude === 'number' ? latitude : null,
    lon: typeof longitude === 'number' ? longitude : null,
    accuracyKm: radius ?? (en ? cityKm : countryKm),
  };
}
