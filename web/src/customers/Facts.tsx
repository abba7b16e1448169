// The facts of a customer that are filled in.
import { CustomFacts } from '../custom-fields/CustomValue.tsx';
import { useFields } from '../custom-fields/use-fields.ts';
import { date, dateTime } from '../formats.ts';
import { Card } from '../ui/Page.tsx';
import { useWords } from '../words.ts';
import { webOf } from './addresses.ts';
import css from './customers.module.css';
import type { Customer } from './form.ts';
import { CallLink } from './reach.tsx';

export function Facts({ customer }: { customer: Customer }) {
  const { t } = useWords('customers');
  const { fields } = useFields('customer');
  const web = webOf(customer.website);
  const link = (href: string, words: string) => (
    <a className="lk-link" href={href} rel="noreferrer">
      {words}
    </a>
  );
  const facts: [string, React.ReactNode][] = [
    ['phone', <CallLink key="phone" customer={customer} />],
    ['email', customer.email && link(`mailto:${customer.email}`, customer.email)],
    ['website', web && customer.website ? link(web, customer.website) : customer.website],
    ['level', customer.level],
    ['source', customer.source],
    ['industry', customer.industry],
    ['city', customer.city],
    ['address', customer.address],
    ['remark', customer.remark],
    ['nextFollowUpAt', customer.nextFollowUpAt && dateTime(customer.nextFollowUpAt)],
    ['createdAt', date(customer.createdAt)],
    ['updatedAt', dateTime(customer.updatedAt)],
  ];
  return (
    <Card title={t('facts')}>
      <dl className={css.facts}>
        {facts.map(([field, value]) =>
          value ? (
            <div key={field}>
              <dt>{t(`field.${field}`)}</dt>
              <dd>{value}</dd>
            </div>
          ) : null,
        )}
        <CustomFacts fields={fields} custom={customer.custom} />
      </dl>
    </Card>
  );
}
