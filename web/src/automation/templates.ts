// Rules for usual cases, to begin with.
import type { Translate } from '../words.ts';
import { blank, blankAction, type RuleForm } from './form.ts';

export const templateKeys = ['regions', 'remind', 'quote', 'large'] as const;
export type TemplateKey = (typeof templateKeys)[number];

/** A form filled in as far as it can be without knowing the company. */
export function templateOf(key: TemplateKey, t: Translate): RuleForm {
  const name = t(`template.${key}.name`);
  switch (key) {
    case 'regions':
      return {
        ...blank,
        name,
        object: 'lead',
        event: 'added',
        through: ['intake'],
        actions: [{ ...blankAction('assign'), tableField: 'city', rows: [{ values: '', person: '' }] }],
      };
    case 'remind':
      return {
        ...blank,
        name,
        object: 'customer',
        event: 'idle',
        days: '7',
        actions: [{ ...blankAction('notify'), words: t('template.remind.words') }],
      };
    case 'quote':
      return {
        ...blank,
        name,
        object: 'deal',
        event: 'stage',
        actions: [{ ...blankAction('task'), words: t('template.quote.words'), days: '2' }],
      };
    case 'large':
      return {
        ...blank,
        name,
        object: 'deal',
        event: 'added',
        tests: [{ field: 'amount', op: 'above', value: '100000' }],
        actions: [
          { ...blankAction('notify'), owner: false, manager: true, words: t('template.large.words') },
        ],
      };
  }
}
