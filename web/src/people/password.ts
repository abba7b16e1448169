// A first password that can be read out over the phone: four groups of five letters, 64 bits from the browser's dice.
const consonants = 'bdfghjkmnprstvwz';
const vowels = 'aeio';

/** `dice` fills an array with random bytes; each letter takes the low bits of one, so all are equally likely. */
export function makePassword(
  dice: (bytes: Uint8Array<ArrayBuffer>) => void = bytes => crypto.getRandomValues(bytes),
): string {
  const bytes = new Uint8Array(20);
  dice(bytes);
  const letters = [...bytes].map((byte, place) =>
    place % 5 === 1 || place % 5 === 3 ? vowels[byte & 3] : consonants[byte & 15],
  );
  return [0, 5, 10, 15].map(start => letters.slice(start, start + 5).join('')).join('-');
}
