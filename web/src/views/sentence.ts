// The filters of a list as one sentence in the reader's language.

import { useFields } from '../custom-fields/use-fields.ts';
import { type CustomField, shownText } from '../custom-fields/values.ts';
import { useOwners } from '../customers/use-owners.ts';
import { amountText } from '../deals/form.ts';
import { stageName } from '../deals/stage-name.ts';
import { usePipelines } from '../deals/use-pipelines.ts';
import { date } from '../formats.ts';
import { useMe } from '../session.ts';
import { say, type Translate, useWords } from '../words.ts';
import { useFurther } from './use-further.ts';
import { type Condition, conditionsIn, type Search, type ViewObject } from './view.ts';

/** Filters in the order in which the sentence tells them. */
const told = [
  'q',
  'kind',
  'owner',
  'pipeline',
  'stage',
  'state',
  'status',
  'level',
  'source',
  'tag',
  'unpaid',
] as const;
type Told = (typeof told)[number];

const isDay = (text: string) => /^\d{4}-\d\d-\d\d$/.test(text);

function valueOfOwn(
  field: CustomField,
  value: unknown,
  nameOf: (id: string) => string | undefined,
  t: Translate,
) {
  if (field.kind === 'choice' || field.kind === 'record') return shownText(field, String(value));
  if (field.kind === 'person') return nameOf(String(value)) ?? String(value);
  if (field.kind === 'flag') return t(value === true ? 'yes' : 'no');
  if (field.kind === 'money' && typeof value === 'number')
    return `${amountText(value, field.currency ?? 'CNY')} ${field.currency ?? ''}`.trim();
  return typeof value === 'string' && isDay(value) ? date(`${value}T00:00`) : String(value);
}

function ownPart(
  field: CustomField,
  condition: Condition,
  nameOf: (id: string) => string | undefined,
  t: Translate,
): string {
  const { label } = field;
  const said = (value: unknown) => valueOfOwn(field, value, nameOf, t);
  if (condition === null) return t('part.own-none', { label });
  if (Array.isArray(condition)) return t('part.own', { label, value: condition.map(said).join(t('or')) });
  if (typeof condition !== 'object') return t('part.own', { label, value: said(condition) });
  const { from, to, contains } = condition;
  if (contains) return t('part.own-contains', { label, value: contains });
  const parts = [
    ...(from === undefined ? [] : [t('part.own-from', { label, value: said(from) })]),
    ...(to === undefined ? [] : [t('part.own-to', { label, value: said(to) })]),
  ];
  return parts.join(t('and'));
}

/** What a list shows, as a sentence; null while nothing narrows it. */
export function useSentence(object: ViewObject, search: Search): string | null {
  const { t } = useWords('views');
  const { user } = useMe();
  const { nameOf } = useOwners();
  const { pipelines, stageOf } = usePipelines();
  const { fields } = useFields(object);
  const further = useFurther(object, search);
  const valueIn = (key: Told, value: string): string | null => {
    if (key === 'owner' && value === 'all') return null;
    if (key === 'owner')
      return value === 'me' || value === user.id
        ? t('me')
        : value === 'none'
          ? t('nobody')
          : (nameOf(value) ?? t('somebody'));
    if (key === 'stage' && object === 'deal') {
      const stage = stageOf(value);
      return stage ? stageName(stage.name) : null;
    }
    if (key === 'stage') return say('customers', `stage.${value}`);
    if (key === 'pipeline') return pipelines.find(one => one.id === value)?.name ?? null;
    if (key === 'state') return t(`state.${value}`);
    if (key === 'status' && value === 'all') return null;
    if (key === 'status' && object === 'lead') return say('leads', `status.${value}`);
    if (key === 'status' && object === 'order') return say('orders', `status.${value}`);
    if (key === 'status' && object === 'task') return say('tasks', `status.${value}`);
    if (key === 'kind') return say(object === 'task' ? 'tasks' : 'orders', `kind.${value}`);
    return value;
  };
  const parts = told.flatMap(key => {
    const value = search[key];
    const words = value ? valueIn(key, value) : null;
    return words === null ? [] : [t(`part.${key}`, { value: words })];
  });
  const own = Object.entries(conditionsIn(search.custom)).flatMap(([key, condition]) => {
    const field = fields.find(one => one.key === key);
    return field ? [ownPart(field, condition, nameOf, t)] : [];
  });
  const all = [...parts, ...further.map(one => one.words), ...own];
  return all.length === 0 ? null : t(`sentence.${object}`, { parts: all.join(t('and')) });
}
