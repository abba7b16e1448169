// Addresses that a phone or a browser knows what to do with: call, map, web.
import type { Customer } from './form.ts';

/** A `tel:` address keeps digits and the leading plus; an extension follows after a pause. */
export function telOf(phone: string): string {
  const [number = '', extension] = phone.normalize('NFKC').split(/(?:ext\.?|x|转|#)/i);
  const plain = number.replace(/[^\d+]/g, '').replace(/(?!^)\+/g, '');
  const digits = extension?.replace(/\D/g, '');
  return `tel:${plain}${digits ? `,${digits}` : ''}`;
}

/** A place on a map: on a phone the map its owner uses, on a desk one for the reader's country. */
export function mapOf(
  customer: Pick<Customer, 'address' | 'city' | 'name'>,
  language: string,
  agent: string = navigator.userAgent,
): string | null {
  const place = [customer.city, customer.address].filter(Boolean).join(' ');
  if (!place) return null;
  const query = encodeURIComponent(place);
  if (/iPhone|iPad/.test(agent)) return `https://maps.apple.com/?q=${query}`;
  if (/Android|HarmonyOS|OpenHarmony/.test(agent)) return `geo:0,0?q=${query}`;
  return language === 'zh-CN'
    ? `https://uri.amap.com/search?keyword=${query}&callnative=1`
    : `https://www.openstreetmap.org/search?query=${query}`;
}

/** A web address with its scheme; what is no http address leads nowhere. */
export function webOf(website: string | null): string | null {
  if (!website) return null;
  const full = /^https?:\/\//i.test(website) ? website : `https://${website}`;
  return URL.canParse(full) ? full : null;
}
