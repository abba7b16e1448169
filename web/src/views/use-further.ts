// Further filters in words: for the sentence under a list's title, and for the chips on a phone.
import { date } from '../formats.ts';
import { useWords } from '../words.ts';
import { furtherSet } from './further.ts';
import type { Search, ViewObject } from './view.ts';

/** Says those that are set, by their key. */
export function useFurther(object: ViewObject, search: Search): { key: string; words: string }[] {
  const { t } = useWords('views');
  return furtherSet(object, search).flatMap(key => {
    const value = search[key] ?? '';
    const [, span, end] = /^(\w+)(From|To)$/.exec(key) ?? [];
    if (!span) return [{ key, words: t('part.own', { label: t(`said.${key}`), value }) }];
    const at = Date.parse(`${value}T00:00`);
    if (Number.isNaN(at)) return [];
    const when = { label: t(`said.${span}`), value: date(`${value}T00:00`) };
    return [{ key, words: end === 'From' ? t('part.since', when) : t('part.until', when) }];
  });
}
