// Deterministic dice: one stream per person, so that every scheme meets the very same people and days.

/** Streams of mulberry32 (public domain), each with 32 bits of state. */
export class Dice {
  private readonly state: Uint32Array;

  constructor(streams: number, seed: number) {
    this.state = new Uint32Array(streams);
    for (let i = 0; i < streams; i++)
      this.state[i] = Math.imul(i + 1, 0x9e3779b1) ^ Math.imul(seed, 0x85ebca6b);
    for (let i = 0; i < streams; i++) this.roll(i);
  }

  /** Uniform in [0, 1). */
  roll(stream: number): number {
    const next = ((this.state[stream] ?? 0) + 0x6d2b79f5) >>> 0;
    this.state[stream] = next;
    let t = Math.imul(next ^ (next >>> 15), next | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number in [0, below). */
  pick(stream: number, below: number): number {
    return Math.floor(this.roll(stream) * below);
  }

  /** Exponentially distributed with the given mean. */
  wait(stream: number, mean: number): number {
    return -mean * Math.log(1 - this.roll(stream));
  }
}
