// Dice that always fall the same way for the same seed, so that every demo tells the same story.

export type Seeded = {
  /** From 0 up to but without 1. */
  share: () => number;
  /** A whole number from `least` to `most`, both included. */
  whole: (least: number, most: number) => number;
  chance: (probability: number) => boolean;
  pick: <T>(list: readonly T[]) => T;
  /** One of the keys, each as often as its weight says. */
  weighted: <K extends string>(weights: Readonly<Record<K, number>>) => K;
  /** As many different ones as asked for, or all. */
  some: <T>(list: readonly T[], count: number) => T[];
  /** A UUIDv7 of that moment (milliseconds since 1970), so that ids are ordered like the story. */
  id: (at: number) => string;
};

/** A small counter-based generator (Weyl sequence and an avalanche of multiplications), 32 bits of state. */
export function seeded(seed: number): Seeded {
  let state = seed >>> 0;
  const bits = () => {
    state = (state + 0x9e3779b9) >>> 0;
    let x = state;
    x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
    x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
    return (x ^ (x >>> 16)) >>> 0;
  };
  const share = () => bits() / 2 ** 32;
  const whole = (least: number, most: number) => least + Math.floor(share() * (most - least + 1));
  const pick = <T>(list: readonly T[]): T => list[whole(0, list.length - 1)] as T;
  return {
    share,
    whole,
    pick,
    chance: probability => share() < probability,
    weighted: <K extends string>(weights: Readonly<Record<K, number>>) => {
      const entries = Object.entries(weights) as [K, number][];
      let rest = share() * entries.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [key, weight] of entries) {
        rest -= weight;
        if (rest < 0) return key;
      }
      return (entries.at(-1) as [K, number])[0];
    },
    some: (list, count) => {
      const left = [...list];
      const taken = [];
      while (taken.length < count && left.length > 0)
        taken.push(...left.splice(whole(0, left.length - 1), 1));
      return taken;
    },
    id: at => {
      const hex = (value: number, length: number) => value.toString(16).padStart(length, '0').slice(-length);
      const time = hex(Math.max(0, Math.floor(at)), 12);
      const [a, b, c] = [bits(), bits(), bits()];
      const variant = hex(0x8000 | (b & 0x3fff), 4);
      return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(a, 3)}-${variant}-${hex(b >>> 16, 4)}${hex(c, 8)}`;
    },
  };
}
