// The log's sentences: every known action has words in both languages, names are filled in, the unknown stays raw.
import { describe, expect, it } from 'vitest';
import type { Translate } from '../words.ts';
import { differences, type Entry, knownActions, placeOf, sentenceOf, toneOf } from './sentences.ts';
import { valueWords } from './values.ts';
import en from './words.en.json';
import zh from './words.zh-CN.json';

const wangId = '00000000-0000-7000-8000-000000000001';
const nameOf = (id: string) => (id === wangId ? '王敏' : undefined);

function entry(part: Partial<Entry>): Entry {
  return {
    id: '00000000-0000-7000-8000-0000000000ff',
    at: '2026-03-04T05:06:07.000Z',
    actor: { id: wangId, name: '王敏' },
    action: 'customer.add',
    object: null,
    address: null,
    device: null,
    correlationId: null,
    before: null,
    after: null,
    details: null,
    sealed: true,
    ...part,
  };
}

type Tree = { [key: string]: string | Tree };

/** Words from a file, as the pages have them. */
function speak(words: Tree): Translate {
  const find = (key: string) =>
    key
      .split('.')
      .reduce<string | Tree | undefined>(
        (here, part) => (typeof here === 'object' ? here[part] : undefined),
        words,
      );
  return (key, values = {}) => {
    const text = find(`${key}_other`) ?? find(key);
    return typeof text === 'string'
      ? text.replace(/\{\{(\w+)\}\}/g, (_, hole: string) => String(values[hole]))
      : key;
  };
}

describe.each([
  ['en', en],
  ['zh-CN', zh],
])('sentences in %s', (_, words) => {
  const t = speak(words as Tree);

  it.each(knownActions)('has words for %s and fills every hole', action => {
    const said = sentenceOf(entry({ action, after: { name: 'Acme' } }), t, nameOf);
    expect(said).not.toContain('action.');
    expect(said).not.toContain('undefined');
  });

  it('shows an action it does not know as it stands', () => {
    expect(sentenceOf(entry({ action: 'moon.eclipse' }), t, nameOf)).toContain('moon.eclipse');
  });
});

describe('a sentence', () => {
  const t = speak(en as Tree);

  it('names the record by its state after, before, or by the details', () => {
    expect(sentenceOf(entry({ after: { name: 'Acme' } }), t, nameOf)).toBe('王敏 added the customer “Acme”');
    expect(sentenceOf(entry({ action: 'customer.remove', before: { name: 'Acme' } }), t, nameOf)).toContain(
      'Acme',
    );
  });

  it('names the person a lock is about by the id in its details', () => {
    const set = entry({ action: 'lock.set', actor: { id: null, name: null }, details: { person: wangId } });
    expect(sentenceOf(set, t, nameOf)).toBe('Signing in as 王敏 was locked');
    expect(sentenceOf({ ...set, details: { person: null } }, t, nameOf)).toContain('an unknown name');
  });

  it('names the customer of a follow-up', () => {
    const added = entry({ action: 'activity.add', after: { customer: { id: wangId, name: 'Acme' } } });
    expect(sentenceOf(added, t, nameOf)).toBe('王敏 followed up with “Acme”');
    const changed = entry({ action: 'activity.change', details: { customerName: 'Acme' } });
    expect(sentenceOf(changed, t, nameOf)).toContain('Acme');
  });

  it('counts what was turned away', () => {
    const turned = entry({
      action: 'sign-in.turned-away',
      object: { type: 'person', id: wangId },
      details: { count: 412 },
    });
    expect(sentenceOf(turned, t, nameOf)).toContain('412');
  });

  it('is never led astray by values that call themselves who or what', () => {
    const sly = entry({ after: { name: 'Acme', who: 'Mallory', what: 'nothing' } });
    expect(sentenceOf(sly, t, nameOf)).toBe('王敏 added the customer “Acme”');
  });
});

describe('an entry', () => {
  it('asks for attention where something is wrong', () => {
    expect(toneOf('lock.set')).toBe('alarm');
    expect(toneOf('customer.remove')).toBe('notice');
    expect(toneOf('customer.change')).toBe('plain');
  });

  it('leads to the record unless that was deleted', () => {
    const object = { type: 'customer', id: wangId };
    expect(placeOf(entry({ object }))).toEqual({ to: '/customers/$id', id: wangId });
    expect(placeOf(entry({ action: 'customer.remove', object }))).toBeNull();
  });

  it('tells only the fields that differ', () => {
    expect(differences({ a: 1, b: ['x'], c: null }, { a: 1, b: ['x', 'y'], d: true })).toEqual([
      { field: 'b', before: ['x'], after: ['x', 'y'] },
      { field: 'd', before: null, after: true },
    ]);
  });
});

describe('a value', () => {
  const t = speak(en as Tree);
  it('is told as a reader wants it', () => {
    expect(valueWords(null, t, nameOf)).toBe('empty');
    expect(valueWords(false, t, nameOf)).toBe('No');
    expect(valueWords(wangId, t, nameOf)).toBe('王敏');
    expect(valueWords('won', t, nameOf)).toBe('Won');
    expect(valueWords(['a', 'b'], t, nameOf)).toBe('a, b');
    expect(valueWords({ id: wangId, name: 'Li' }, t, nameOf)).toBe('Li');
  });
});
