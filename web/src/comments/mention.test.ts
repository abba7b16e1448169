// Mentions: found where somebody is meant, and nowhere else.
import { describe, expect, it } from 'vitest';
import { askedAt, mentioned, mentionsIn, piecesOf, suggested } from './mention.ts';

const people = [
  { id: '1', name: '张伟', reads: true },
  { id: '2', name: '张伟明', reads: true },
  { id: '3', name: 'Ada Lovelace', reads: false },
  { id: '4', name: '张伟', reads: false },
];

describe('a mention being typed', () => {
  it.each([
    ['@', 1, { from: 0, typed: '' }],
    ['请@张', 3, { from: 1, typed: '张' }],
    ['see @Ada Lo', 11, { from: 4, typed: 'Ada Lo' }],
    ['mail ada@house', 14, null],
    ['no one', 6, null],
    ['@Ada\nnext line', 9, null],
    ['before @Ada', 6, null],
  ])('%s', (text, caret, expected) => {
    expect(askedAt(text, caret)).toEqual(expected);
  });

  it('suggests who is called so, and puts the whole name in', () => {
    expect(suggested(people, '伟明').map(one => one.id)).toEqual(['2']);
    expect(suggested(people, 'love').map(one => one.id)).toEqual(['3']);
    expect(mentioned('请@张 看看', { from: 1, typed: '张' }, '张伟明')).toEqual({
      text: '请@张伟明 看看',
      caret: 6,
    });
  });
});

describe('a text with mentions', () => {
  it('means the longer of two names that fit, and whom one has picked of two with one name', () => {
    expect(mentionsIn('@张伟明 和 @张伟', people, {})).toEqual(['2', '1']);
    expect(mentionsIn('@张伟 @张伟', people, { 张伟: '4' })).toEqual(['4']);
    expect(mentionsIn('张伟 ada@Nobody @', people, {})).toEqual([]);
  });

  it('is read in pieces that make up the whole', () => {
    const text = '请 @Ada Lovelace 看 @某人';
    const pieces = piecesOf(text, people);
    expect(pieces.map(piece => piece.words).join('')).toBe(text);
    expect(pieces.filter(piece => piece.person).map(piece => piece.words)).toEqual(['@Ada Lovelace']);
  });
});
