// The blame and the good name of networks, stored for the lanes under simulation.
import { blame, DAY, HEADROOM_WITHIN, isSuspect, type Source } from '../../engine/src/index.ts';

export class Sources {
  private readonly blamed = new Map<string, Source>();
  private readonly people = new Map<string, Map<number, number>>();

  isSuspect(network: string, at: number): boolean {
    const source = this.blamed.get(network);
    return source !== undefined && isSuspect(source, this.goodPeople(network, at), at);
  }

  blame(network: string, at: number, weight: number): void {
    this.blamed.set(network, blame(this.blamed.get(network) ?? { blame: 0, at }, at, weight));
  }

  good(network: string, person: number, at: number): void {
    const known = this.people.get(network);
    if (known) known.set(person, at);
    else this.people.set(network, new Map([[person, at]]));
  }

  /** Forgets, once a day, addresses whose blame has faded: a store would purge them too. */
  night(at: number): void {
    for (const [network, source] of this.blamed) if (at - source.at > 4 * DAY) this.blamed.delete(network);
  }

  private goodPeople(network: string, at: number): number {
    let count = 0;
    for (const last of this.people.get(network)?.values() ?? []) if (at - last < HEADROOM_WITHIN) count += 1;
    return count;
  }
}
