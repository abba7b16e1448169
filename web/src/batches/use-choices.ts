// The values one chooses from in a bulk change, and which of them need a reason.
import { useOwners } from '../customers/use-owners.ts';
import { stageName } from '../deals/stage-name.ts';
import { usePipelines } from '../deals/use-pipelines.ts';
import { useReasons } from '../deals/use-reasons.ts';
import { reasons } from '../leads/form.ts';
import { say, useWords } from '../words.ts';
import type { BatchObject, Row } from './changes.ts';

type Choice = { value: string; label: string };

/** Those of a customer, here by name: the room of customers need not be loaded for them. */
const stages = ['new', 'contacted', 'interested', 'negotiating', 'won', 'lost'];
const statuses = ['new', 'contacted', 'qualified', 'unqualified'];
const priorities = ['high', 'normal', 'low'];

export function useChoices(object: BatchObject) {
  const { t } = useWords('batches');
  const { owners } = useOwners();
  const { pipelines, stageOf } = usePipelines();
  const losses = useReasons('lost', object === 'deal');
  const isLost = (row: Row) => row.field === 'stageId' && stageOf(row.text)?.kind === 'lost';
  const isUnqualified = (row: Row) => row.field === 'status' && row.text === 'unqualified';
  const choices = (field: string): Choice[] | null => {
    switch (field) {
      case 'ownerId':
        return [
          ...owners.map(owner => ({ value: owner.id, label: owner.name })),
          { value: 'none', label: t('nobody') },
        ];
      case 'stage':
        return stages.map(value => ({ value, label: say('customers', `stage.${value}`) }));
      case 'status':
        return statuses.map(value => ({ value, label: say('leads', `status.${value}`) }));
      case 'priority':
        return priorities.map(value => ({ value, label: say('tasks', `priority.${value}`) }));
      case 'stageId':
        return pipelines.flatMap(pipeline =>
          pipeline.stages.map(stage => ({
            value: stage.id,
            label:
              pipelines.length > 1 ? `${pipeline.name} · ${stageName(stage.name)}` : stageName(stage.name),
          })),
        );
      default:
        return null;
    }
  };
  return {
    choices,
    needsReason: (row: Row) => isLost(row) || isUnqualified(row),
    reasonChoices: (): Choice[] =>
      object === 'deal'
        ? losses.offered.map(({ key }) => ({ value: key, label: losses.nameOf(key) }))
        : reasons.map(value => ({ value, label: say('leads', `reason.${value}`) })),
  };
}
