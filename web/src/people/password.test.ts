// The generated password is long enough, readable, and uses its dice evenly.
import { describe, expect, it } from 'vitest';
import { makePassword } from './password.ts';

describe('a generated password', () => {
  it('is four groups of five letters that can be spoken', () => {
    expect(makePassword()).toMatch(/^([b-z][aeio][b-z][aeio][b-z])(-([b-z][aeio][b-z][aeio][b-z])){3}$/);
  });

  it('has no letters that are mistaken for one another', () => {
    for (let round = 0; round < 200; round += 1) expect(makePassword()).not.toMatch(/[clquxy0-9]/);
  });

  it('differs from one to the next and follows its dice', () => {
    expect(makePassword()).not.toBe(makePassword());
    expect(makePassword(bytes => bytes.fill(0))).toBe('babab-babab-babab-babab');
    expect(makePassword(bytes => bytes.fill(255))).toBe('zozoz-zozoz-zozoz-zozoz');
  });
});
