// What is out of the ordinary about a sign-in on a strange device, and whether it takes a second proof; pure.

export type Signal = 'new-device' | 'new-network' | 'many-devices' | 'far-away';

/** What a workspace asks of a right password on a strange device. */
export type ArrivalPolicy = {
  /** Every new device: tell the owner, or have it prove itself first. */
  newDevice: 'tell' | 'prove';
  /** Many devices in a short time, impossible travel. */
  abnormal: 'tell' | 'prove';
};

export const ARRIVALS: ArrivalPolicy = { newDevice: 'tell', abnormal: 'prove' };

/** New devices in as many different networks within a day are many. */
export const MANY_DEVICES = 3;

export type Circumstances = {
  /** The very first device of this person: there is nothing to compare it with. */
  first: boolean;
  /** The address says nothing about the place. */
  placeless: boolean;
  /** The network is trusted, or familiar to this person. */
  familiar: boolean;
  knownNetwork: boolean;
  /** Different networks in which this person had new devices within a day, this one included. */
  networks: number;
  travel: 'possible' | 'impossible';
};

/** The signals of an arrival; none for the first of all. */
export function signalsOf(c: Circumstances): Signal[] {
  if (c.first) return [];
  const signals: Signal[] = ['new-device'];
  if (c.placeless || c.familiar) return signals;
  if (!c.knownNetwork) signals.push('new-network');
  if (c.networks >= MANY_DEVICES) signals.push('many-devices');
  if (c.travel === 'impossible') signals.push('far-away');
  return signals;
}

/** Whether the right password is not enough. */
export function needsProof(signals: Signal[], policy: ArrivalPolicy): boolean {
  if (signals.length === 0) return false;
  const abnormal = signals.includes('many-devices') || signals.includes('far-away');
  return policy.newDevice === 'prove' || (abnormal && policy.abnormal === 'prove');
}
