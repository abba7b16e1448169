// Where a customer stands, as a small mark; the words carry the meaning, the colour only helps.
import { useWords } from '../words.ts';
import css from './customers.module.css';
import type { Stage } from './form.ts';

export function StageMark({ stage }: { stage: Stage }) {
  const { t } = useWords('customers');
  return (
    <span className={css.stage} data-stage={stage}>
      {t(`stage.${stage}`)}
    </span>
  );
}
