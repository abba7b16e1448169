// The lines of a quote or an order while they are written: a card for each, so that a phone shows all of one.
import { ActionIcon, Button } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react';
import { TextField } from '../ui/fields.tsx';
import { useWords } from '../words.ts';
import { sumOf, typedAmounts } from './amounts.ts';
import { blankLine, type LineForm, lineFaults, type OrderForm } from './form.ts';
import { exact } from './marks.tsx';
import css from './orders.module.css';
import { ProductField } from './ProductField.tsx';

type LinesEditorProps = {
  form: OrderForm;
  setLines: (change: (before: LineForm[]) => LineForm[]) => void;
  tried: boolean;
};

export function LinesEditor({ form, setLines, tried }: LinesEditorProps) {
  const { t } = useWords('orders');
  const { lines, currency } = form;
  const included = form.taxIncluded === 'yes';
  const amounts = lines.map(line => typedAmounts(line, currency, included));
  const sum = sumOf(amounts);
  const change = (key: string, to: Partial<LineForm>) =>
    setLines(before => before.map(line => (line.key === key ? { ...line, ...to } : line)));
  const move = (place: number, by: number) =>
    setLines(before => {
      const next = [...before];
      const [line] = next.splice(place, 1);
      if (line) next.splice(place + by, 0, line);
      return next;
    });
  return (
    <div className={css.form}>
      {lines.map((line, place) => {
        const wrong = tried ? lineFaults(line, currency) : [];
        const fault = (field: (typeof wrong)[number]) =>
          wrong.includes(field) ? t(field === 'name' ? 'fault.missing' : 'fault.wrong') : undefined;
        const own = amounts[place];
        const text = (
          field: 'quantity' | 'unitPrice' | 'discount' | 'taxRate' | 'unit' | 'description',
          label: string,
        ) => (
          <TextField
            label={label}
            autoComplete="off"
            {...(field === 'unit' || field === 'description' ? {} : { inputMode: 'decimal' as const })}
            value={line[field]}
            onValue={value => change(line.key, { [field]: value })}
            error={field === 'unit' || field === 'description' ? undefined : fault(field)}
          />
        );
        return (
          <fieldset key={line.key} className={css.line}>
            <legend className="lk-hidden">{t('line.one', { place: place + 1 })}</legend>
            <div className={css['line-head']}>
              <span className={css.quiet}>{t('line.one', { place: place + 1 })}</span>
              <span className={css.tools}>
                {lines.length > 1 ? (
                  <>
                    <ActionIcon
                      variant="subtle"
                      aria-label={t('line.up', { place: place + 1 })}
                      disabled={place === 0}
                      onClick={() => move(place, -1)}
                    >
                      <IconArrowUp size={18} aria-hidden />
                    </ActionIcon>
                    <ActionIcon
                      variant="subtle"
                      aria-label={t('line.down', { place: place + 1 })}
                      disabled={place === lines.length - 1}
                      onClick={() => move(place, 1)}
                    >
                      <IconArrowDown size={18} aria-hidden />
                    </ActionIcon>
                  </>
                ) : null}
                <ActionIcon
                  variant="subtle"
                  color="red"
                  aria-label={t('line.remove', { place: place + 1 })}
                  onClick={() => setLines(before => before.filter(one => one.key !== line.key))}
                >
                  <IconTrash size={18} aria-hidden />
                </ActionIcon>
              </span>
            </div>
            <ProductField line={line} setting={form} set={to => change(line.key, to)} error={fault('name')} />
            <div className={css.three}>
              {text('quantity', t('line.quantity'))}
              {text('unit', t('line.unit'))}
              {text('unitPrice', t('line.price', { currency }))}
              {text('discount', t('line.discount'))}
              {text('taxRate', t('line.tax'))}
            </div>
            {text('description', t('line.description'))}
            <p className={css['line-sum']}>
              <span className={css.quiet}>{t('line.sum')}</span>
              <strong className={css.amount}>{own ? exact(own.total, currency) : '—'}</strong>
            </p>
          </fieldset>
        );
      })}
      <Button
        variant="default"
        leftSection={<IconPlus size={18} aria-hidden />}
        onClick={() => setLines(before => [...before, blankLine(before.at(-1)?.taxRate)])}
      >
        {t('line.add')}
      </Button>
      <dl className={css.sums} aria-live="polite">
        <div>
          <dt>{t('sum.net')}</dt>
          <dd>{exact(sum.net, currency)}</dd>
        </div>
        <div>
          <dt>{t('sum.tax')}</dt>
          <dd>{exact(sum.tax, currency)}</dd>
        </div>
        <div data-total>
          <dt>{t('sum.total')}</dt>
          <dd>{exact(sum.total, currency)}</dd>
        </div>
      </dl>
    </div>
  );
}
