// The names that rules speak of: people, stages, fields, webhooks.
import { useQuery } from '@tanstack/react-query';
import { api } from '../api.ts';
import { useFields } from '../custom-fields/use-fields.ts';
import { useOwners } from '../customers/use-owners.ts';
import { stageName } from '../deals/stage-name.ts';
import { usePipelines } from '../deals/use-pipelines.ts';
import { useMe } from '../session.ts';
import { useWords } from '../words.ts';
import { fieldsOf, type Subject } from './form.ts';

export type Choice = { value: string; label: string };

const customerStages = ['new', 'contacted', 'interested', 'negotiating', 'won', 'lost'];
const leadStates = ['new', 'contacted', 'qualified', 'unqualified', 'converted'];

export function useNames() {
  const { t } = useWords('automation');
  const { may } = useMe();
  const { owners } = useOwners();
  const { pipelines } = usePipelines();
  const own = {
    customer: useFields('customer').fields,
    lead: useFields('lead').fields,
    deal: useFields('deal').fields,
  };
  const hooks = useQuery({
    queryKey: ['alerts', 'hooks'],
    queryFn: ({ signal }) => api('GET /alerts/hooks', { signal }),
    enabled: may('configure:policy'),
  });
  const people = owners.map(({ id, name }) => ({ value: id, label: name }));
  const stages = pipelines.flatMap(pipeline =>
    pipeline.stages.map(stage => ({
      value: stage.id,
      label: pipelines.length > 1 ? `${pipeline.name} · ${stageName(stage.name)}` : stageName(stage.name),
    })),
  );
  const labelIn = (choices: Choice[], value: string) =>
    choices.find(choice => choice.value === value)?.label ?? t('gone');
  const fieldName = (object: Subject, field: string) =>
    field.startsWith('custom.')
      ? (own[object].find(one => `custom.${one.key}` === field)?.label ?? t('gone'))
      : t(`field.${field}`);
  const choicesOf = (object: Subject, field: string): Choice[] | null => {
    if (field === 'owner') return people;
    if (field === 'stage' && object === 'deal') return stages;
    if (field === 'stage') return customerStages.map(value => ({ value, label: t(`stage.${value}`) }));
    if (field === 'status') return leadStates.map(value => ({ value, label: t(`status.${value}`) }));
    const custom = own[object].find(one => `custom.${one.key}` === field);
    if (custom?.kind === 'person') return people;
    return custom?.kind === 'choice' ? custom.choices.map(({ id, label }) => ({ value: id, label })) : null;
  };
  return {
    people,
    stages,
    hooks: hooks.data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? [],
    mayHook: may('configure:policy'),
    person: (id: string) => labelIn(people, id),
    stage: (id: string) => labelIn(stages, id),
    fieldName,
    choicesOf,
    /** What a field holds, in words. */
    valueName: (object: Subject, field: string, value: string) => {
      const choices = choicesOf(object, field);
      return choices ? labelIn(choices, value) : value;
    },
    fields: (object: Subject, which: 'all' | 'dates' | 'set'): Choice[] => [
      ...fieldsOf[object][which].map(value => ({ value, label: t(`field.${value}`) })),
      ...own[object]
        .filter(field => (which === 'dates' ? field.kind === 'date' : true))
        .map(field => ({ value: `custom.${field.key}`, label: field.label })),
    ],
  };
}

export type Names = ReturnType<typeof useNames>;
