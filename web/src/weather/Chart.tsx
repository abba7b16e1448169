// The chart itself; it comes after the page, since its library weighs more than all the rest.
import { AreaChart } from '@mantine/charts';
import { useMediaQuery } from '@mantine/hooks';
import { dateTime, day, number, time } from '../formats.ts';
import { useWords } from '../words.ts';
import { grouped, groups, type History } from './reading.ts';
import '@mantine/charts/styles.layer.css';

const colours = {
  in: 'var(--chart-in)',
  wrong: 'var(--chart-wrong)',
  stopped: 'var(--chart-stopped)',
  busy: 'var(--chart-busy)',
};

/** `label` says in words what the picture shows. */
export default function Chart({ history, label }: { history: History; label: string }) {
  const { t } = useWords('weather');
  const desk = useMediaQuery('(min-width: 48em)', true, { getInitialValueInEffect: false });
  const tick = history.span === 'day' ? time : day;
  return (
    <div role="img" aria-label={label}>
      <AreaChart
        h={desk ? 300 : 230}
        data={history.points.map(({ at, counts }) => ({ at, ...grouped(counts) }))}
        dataKey="at"
        type="stacked"
        curveType="step"
        withDots={false}
        strokeWidth={0}
        fillOpacity={0.85}
        series={groups.map(name => ({ name, label: t(`group.${name}`), color: colours[name] }))}
        valueFormatter={value => number(value)}
        xAxisProps={{ tickFormatter: (at: string) => tick(at), minTickGap: desk ? 40 : 28 }}
        yAxisProps={{ width: 44, allowDecimals: false }}
        tooltipProps={{ labelFormatter: at => (typeof at === 'string' ? dateTime(at) : '') }}
        areaChartProps={{ accessibilityLayer: false }}
        areaProps={{ isAnimationActive: false }}
        tickLine="none"
      />
    </div>
  );
}
