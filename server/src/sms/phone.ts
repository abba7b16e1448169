// Phone numbers: whatever was typed becomes E.164, or nothing; without a country it is one of mainland China.
import { parsePhoneNumberFromString } from 'libphonenumber-js';

/** `+8613800138000`, or null for what is no number that could be called. */
export function e164(typed: string): string | null {
  const tidy = typed.normalize('NFKC').trim();
  if (tidy.length > 40 || !/^\+?[\d\s().\-–·]+$/.test(tidy)) return null;
  const found = parsePhoneNumberFromString(tidy, 'CN');
  return found?.isValid() ? found.number : null;
}

/** `+86 138 0013 8000`: for people to read. */
export function readable(number: string): string {
  return parsePhoneNumberFromString(number)?.formatInternational() ?? number;
}

/** `+86 138 •••• 8000`: enough for its owner to know it again. */
export function masked(number: string): string {
  const digits = number.replace(/\D/g, '');
  const country = parsePhoneNumberFromString(number)?.countryCallingCode ?? '';
  const rest = digits.slice(country.length);
  return `+${country} ${rest.slice(0, 3)} •••• ${rest.slice(-2)}`;
}
