// Search, pipeline, owner and order of the deals; what the funnel led to is said and can be taken off.
import { getRouteApi } from '@tanstack/react-router';
import { useOwners } from '../customers/use-owners.ts';
import { date } from '../formats.ts';
import { useMe } from '../session.ts';
import { SelectField } from '../ui/fields.tsx';
import { Filters, trimmed } from '../ui/filters.tsx';
import { SearchField } from '../ui/search-field.tsx';
import { ownSort } from '../views/own-sort.ts';
import { type Translate, useWords } from '../words.ts';
import css from './deals.module.css';
import { figures, type Search, sorts, states } from './search.ts';
import { stageName } from './stage-name.ts';
import { usePipelines } from './use-pipelines.ts';
import { useReasons } from './use-reasons.ts';

const route = getRouteApi('/deals');

export function DealFilters({ search, list }: { search: Search; list: boolean }) {
  const { t } = useWords('deals');
  const { user } = useMe();
  const navigate = route.useNavigate();
  const { owners, nameOf } = useOwners();
  const { pipelines, chosen, stageOf } = usePipelines();
  const reasonWords = {
    won: useReasons('won', Boolean(search.wonReason)).nameOf,
    lost: useReasons('lost', Boolean(search.lostReason)).nameOf,
  };
  const set = (change: Search) =>
    void navigate({ search: before => trimmed({ ...before, ...change }), replace: true });
  const off = (...keys: (keyof Search)[]) =>
    set({ ...Object.fromEntries(keys.map(key => [key, ''])), ...(list ? { view: 'list' } : {}) });
  const { owner, stage, state, moved, movedStage, expectedFrom, expectedTo, from, to } = search;
  const month = expectedFrom && expectedTo ? expectedFrom.slice(0, 7) : '';
  const span = from && to && !from.startsWith('1970') ? ` · ${date(from)} – ${date(to)}` : '';
  const path =
    moved && movedStage
      ? `${t(`moved.${moved}`, { stage: stageName(stageOf(movedStage)?.name ?? '') })}${span}`
      : '';
  const ownerWords =
    owner === 'me' ? t('filter.mine') : owner === 'none' ? t('owner.none') : nameOf(owner ?? '');
  const chips = [
    { key: 'owner', words: owner ? (ownerWords ?? t('field.ownerId')) : '', off: () => off('owner') },
    { key: 'stage', words: stage ? stageName(stageOf(stage)?.name ?? '') : '', off: () => off('stage') },
    { key: 'state', words: state ? t(`state.${state}`) : '', off: () => off('state') },
    { key: 'moved', words: path, off: () => off('moved', 'movedStage', 'from', 'to') },
    {
      key: 'month',
      words: month ? t('filter.month', { month }) : '',
      off: () => off('expectedFrom', 'expectedTo'),
    },
    { key: 'figures', words: figureWords(search, t, reasonWords).join(' · '), off: () => off(...figures) },
  ].filter(chip => chip.words);
  const led = chips.filter(chip => ['moved', 'month', 'figures'].includes(chip.key));
  return (
    <>
      <Filters
        words={{
          open: t('filter.open'),
          done: t('filter.done'),
          clear: t('filter.clear'),
          off: filter => t('filter.off', { filter }),
        }}
        chips={chips.filter(chip => !led.includes(chip))}
        onClear={() => void navigate({ search: list ? { view: 'list' } : {}, replace: true })}
        lead={
          <SearchField
            label={t('search.label')}
            placeholder={t('search.label')}
            clearLabel={t('search.clear')}
            value={search.q ?? ''}
            onSearch={q => set({ q })}
          />
        }
      >
        {named => (
          <>
            {pipelines.length > 1 ? (
              <SelectField
                {...named(t('field.pipeline'))}
                value={search.pipeline ?? chosen(undefined)?.id ?? ''}
                onValue={pipeline => set({ pipeline, stage: '' })}
                data={pipelines.map(one => ({ value: one.id, label: one.name }))}
              />
            ) : null}
            {owners.length > 1 ? (
              <SelectField
                {...named(t('field.ownerId'))}
                value={owner ?? ''}
                onValue={value => set({ owner: value })}
                data={[
                  { value: '', label: t('filter.all-owners') },
                  { value: 'me', label: t('filter.mine') },
                  { value: 'none', label: t('owner.none') },
                  ...owners
                    .filter(one => one.id !== user.id)
                    .map(one => ({ value: one.id, label: one.name })),
                ]}
              />
            ) : null}
            {list ? (
              <>
                <SelectField
                  {...named(t('field.stage'))}
                  value={stage ?? ''}
                  onValue={value => set({ stage: value, view: 'list' })}
                  data={[
                    { value: '', label: t('filter.all-stages') },
                    ...(chosen(search.pipeline)?.stages ?? []).map(one => ({
                      value: one.id,
                      label: stageName(one.name),
                    })),
                  ]}
                />
                <SelectField
                  {...named(t('field.state'))}
                  value={state ?? ''}
                  onValue={value => set({ state: value, view: 'list' })}
                  data={[
                    { value: '', label: t('filter.all-states') },
                    ...states.map(one => ({ value: one, label: t(`state.${one}`) })),
                  ]}
                />
                <SelectField
                  {...named(t('sort.label'))}
                  value={search.sort ?? '-updatedAt'}
                  onValue={sort => set({ sort: sort === '-updatedAt' ? '' : sort })}
                  data={[
                    ...sorts.map(sort => ({ value: sort, label: t(`sort.${sort}`) })),
                    ...ownSort(search.sort),
                  ]}
                />
              </>
            ) : null}
          </>
        )}
      </Filters>
      {led.map(chip => (
        <p key={chip.key} className={css.led}>
          {chip.words}
          <button type="button" className={css.plain} onClick={chip.off}>
            {t('filter.take-off')}
          </button>
        </p>
      ))}
    </>
  );
}

type ReasonWords = Record<'won' | 'lost', (key: string) => string>;

/** What a figure of analysis led by, in words. */
function figureWords(search: Search, t: Translate, reasonWords: ReasonWords): string[] {
  const { team, currency, source, lostReason, wonReason, chanceFrom, chanceTo } = search;
  const { createdFrom, createdTo, closedFrom, closedTo } = search;
  const span = (from = '', to = '') => `${date(from)} – ${date(new Date(Date.parse(to) - 1))}`;
  return [
    team ? t('figure.team') : '',
    closedFrom && closedTo ? t('figure.closed', { span: span(closedFrom, closedTo) }) : '',
    createdFrom && createdTo ? t('figure.created', { span: span(createdFrom, createdTo) }) : '',
    currency ?? '',
    chanceFrom && chanceTo ? t('figure.chance', { from: chanceFrom, to: chanceTo }) : '',
    chanceFrom && !chanceTo ? t('figure.chance-from', { from: chanceFrom }) : '',
    chanceTo && !chanceFrom ? t('figure.chance-to', { to: chanceTo }) : '',
    source ? t('figure.source', { source: source === '-' ? t('figure.none') : source }) : '',
    lostReason ? (lostReason === '-' ? t('figure.no-reason') : reasonWords.lost(lostReason)) : '',
    wonReason ? (wonReason === '-' ? t('figure.no-reason') : reasonWords.won(wonReason)) : '',
  ].filter(Boolean);
}
