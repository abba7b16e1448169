// What a role may do: a block for each kind of record with a sentence, and its permissions to read or to set.
import { SelectField } from '../ui/fields.tsx';
import { Card } from '../ui/Page.tsx';
import { useWords } from '../words.ts';
import {
  actionsOf,
  fieldName,
  fieldsSentence,
  objectsOf,
  type Policy,
  type Reach,
  type RoleItem,
  sentenceOf,
  withReach,
  withRule,
} from './policy.ts';
import css from './roles.module.css';

type PolicyTableProps = {
  role: RoleItem;
  policy: Policy;
  governable: Record<string, string[]>;
  /** Null where it can only be read. */
  onChange: ((policy: Policy) => void) | null;
};

export function PolicyTable({ role, policy, governable, onChange }: PolicyTableProps) {
  const { t } = useWords('roles');
  return (
    <div className={css.objects}>
      {objectsOf(role).map(object => (
        <Card key={object} title={t(`object.${object}`)}>
          <p className={css.sentence}>{sentenceOf(role, policy.rules, object, t)}</p>
          <dl className={css.cells}>
            {actionsOf(role, object).map(action => {
              const reach = (policy.rules[object]?.[action] ?? 'none') as Reach;
              const usual = role.usual[object]?.[action] ?? 'none';
              return (
                <div key={action} data-changed={reach !== usual || undefined}>
                  <dt>{t(`action.${action}`)}</dt>
                  <dd data-reach={reach}>
                    {onChange ? (
                      <SelectField
                        aria-label={`${t(`object.${object}`)} · ${t(`action.${action}`)}`}
                        value={reach}
                        onValue={value => onChange(withReach(policy, object, action, value as Reach))}
                        data={(role.choices[object]?.[action] ?? []).map(one => ({
                          value: one,
                          label: t(`reach.${one}`),
                        }))}
                      />
                    ) : (
                      t(`reach.${reach}`)
                    )}
                  </dd>
                </div>
              );
            })}
          </dl>
          {governable[object] ? (
            <Fields object={object} policy={policy} names={governable[object]} onChange={onChange} />
          ) : null}
        </Card>
      ))}
    </div>
  );
}

type FieldsProps = Pick<PolicyTableProps, 'policy' | 'onChange'> & { object: string; names: string[] };

function Fields({ object, policy, names, onChange }: FieldsProps) {
  const { t } = useWords('roles');
  const rules = policy.fields[object];
  const sentence = fieldsSentence(rules, t);
  if (!onChange)
    return (
      <p className={css.fields}>
        <strong>{t('fields.title')}</strong> {sentence}
      </p>
    );
  const all = [...new Set([...names, ...Object.keys(rules ?? {})])];
  return (
    <details className={css.fold}>
      <summary>
        {t('fields.title')} <span className="lk-hint">{sentence}</span>
      </summary>
      <p className="lk-hint">{t('fields.hint')}</p>
      <dl className={css.cells}>
        {all.map(field => (
          <div key={field} data-changed={rules?.[field] !== undefined || undefined}>
            <dt>{fieldName(field, t)}</dt>
            <dd>
              <SelectField
                aria-label={t('fields.rule', { field: fieldName(field, t) })}
                value={rules?.[field] ?? 'free'}
                onValue={rule => onChange(withRule(policy, object, field, rule))}
                data={(['free', 'read', 'hidden'] as const).map(one => ({
                  value: one,
                  label: t(`rule.${one}`),
                }))}
              />
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
