// Under the name: stage (changed in place), owner, next follow-up, tags.
import { useQueryClient } from '@tanstack/react-query';
import { SelectField } from '../ui/fields.tsx';
import { ProblemNote } from '../ui/states.tsx';
import { toast } from '../ui/toast.tsx';
import { useWrite } from '../ui/use-write.ts';
import { useWords } from '../words.ts';
import css from './customers.module.css';
import { Due } from './Due.tsx';
import { currentIn } from './EditCustomer.tsx';
import { type Customer, type Stage, stages } from './form.ts';
import { StageMark } from './StageMark.tsx';

type CustomerHeadProps = {
  customer: Customer;
  editable: boolean;
  /** Buttons that stand beside the stage on a phone. */
  children?: React.ReactNode;
};

export function CustomerHead({ customer, editable, children }: CustomerHeadProps) {
  const { t } = useWords('customers');
  const queries = useQueryClient();
  const save = useWrite('PATCH /customers/{id}', {
    renews: [['customers']],
    onDone: ({ body }) => {
      queries.setQueryData(['customers', customer.id], body);
      toast(t('stage-saved', { stage: t(`stage.${body.stage}`) }));
    },
  });
  // A stage is a word of its own: where only other fields changed meanwhile, it is put over the newer version.
  function choose(stage: Stage, version = customer.version) {
    save.mutate(
      { params: { id: customer.id }, body: { stage }, ifMatch: `"v${version}"` },
      {
        onError: error => {
          const current = currentIn(error);
          if (!current) return;
          queries.setQueryData(['customers', customer.id], current);
          if (current.stage === customer.stage && version === customer.version)
            choose(stage, current.version);
        },
      },
    );
  }
  const pending = save.isPending ? save.variables.body?.stage : undefined;
  return (
    <div className={css.head}>
      <div className={css['head-row']}>
        {editable ? (
          <SelectField
            aria-label={t('field.stage')}
            className={css['stage-field'] ?? ''}
            value={pending ?? customer.stage}
            onValue={stage => choose(stage as Stage)}
            data={stages.map(stage => ({ value: stage, label: t(`stage.${stage}`) }))}
          />
        ) : (
          <StageMark stage={customer.stage} />
        )}
        {children}
      </div>
      <p className={css['head-facts']}>
        <span>
          <span className={css.quiet}>{t('field.ownerId')} </span>
          {customer.owner?.name ?? t('owner.none')}
        </span>
        {customer.nextFollowUpAt ? (
          <span>
            <span className={css.quiet}>{t('card.next')} </span>
            <Due at={customer.nextFollowUpAt} />
          </span>
        ) : null}
      </p>
      {customer.tags.length > 0 ? (
        <ul className={css.tags} aria-label={t('field.tags')}>
          {customer.tags.map(tag => (
            <li key={tag}>{tag}</li>
          ))}
        </ul>
      ) : null}
      {save.error ? <ProblemNote error={save.error} /> : null}
    </div>
  );
}
