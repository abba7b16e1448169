// What a role may do: a block for each kind of record with a sentence, and its permissions to read or to set.
import { useOwnNames } from '../custom-fields/use-fields.ts';
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

export function PolicyTable(props: PolicyTableProps) {
  const { t } = useWords('roles');
  const { role, policy, governable, onChange } = props;
  if (!onChange) return <ReadTable {...props} />;
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
                    <SelectField
                      aria-label={`${t(`object.${object}`)} · ${t(`action.${action}`)}`}
                      value={reach}
                      onValue={value => onChange(withReach(policy, object, action, value as Reach))}
                      data={(role.choices[object]?.[action] ?? []).map(one => ({
                        value: one,
                        label: t(`reach.${one}`),
                      }))}
                    />
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

const columns = ['read', 'create', 'update', 'delete', 'export', 'import', 'configure'];

/** All at a glance: a table on a desk, a sentence for each kind of record on a phone. */
function ReadTable({ role, policy, governable }: PolicyTableProps) {
  const { t } = useWords('roles');
  const own = useOwnNames();
  const shown = columns.filter(action => objectsOf(role).some(object => role.choices[object]?.[action]));
  const reachOf = (object: string, action: string) => (policy.rules[object]?.[action] ?? 'none') as Reach;
  const isChanged = (object: string, action: string) =>
    reachOf(object, action) !== (role.usual[object]?.[action] ?? 'none');
  return (
    <Card flush>
      <table className={css.table}>
        <thead>
          <tr>
            <th scope="col">{t('column')}</th>
            {shown.map(action => (
              <th key={action} scope="col">
                {t(`action.${action}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {objectsOf(role).map(object => (
            <tr key={object}>
              <th scope="row">
                {t(`object.${object}`)}
                <p>{sentenceOf(role, policy.rules, object, t)}</p>
                {governable[object] && Object.keys(policy.fields[object] ?? {}).length > 0 ? (
                  <p className="lk-hint">{fieldsSentence(policy.fields[object], t, own[object])}</p>
                ) : null}
              </th>
              {shown.map(action => (
                <td
                  key={action}
                  data-reach={role.choices[object]?.[action] ? reachOf(object, action) : 'none'}
                  data-changed={isChanged(object, action) || undefined}
                >
                  {role.choices[object]?.[action] ? t(`reach.${reachOf(object, action)}`) : ''}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}

type FieldsProps = {
  policy: Policy;
  onChange: (policy: Policy) => void;
  object: string;
  names: string[];
};

function Fields({ object, policy, names, onChange }: FieldsProps) {
  const { t } = useWords('roles');
  const rules = policy.fields[object];
  const own = useOwnNames()[object] ?? {};
  const all = [...new Set([...names, ...Object.keys(own), ...Object.keys(rules ?? {})])];
  const nameOf = (field: string) => fieldName(field, t, own);
  if (all.length === 0) return null;
  const sentence = fieldsSentence(rules, t, own);
  return (
    <details className={css.fold}>
      <summary>
        {t('fields.title')} <span className="lk-hint">{sentence}</span>
      </summary>
      <p className="lk-hint">{t('fields.hint')}</p>
      <dl className={css.cells}>
        {all.map(field => (
          <div key={field} data-changed={rules?.[field] !== undefined || undefined}>
            <dt>{nameOf(field)}</dt>
            <dd>
              <SelectField
                aria-label={t('fields.rule', { field: nameOf(field) })}
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
