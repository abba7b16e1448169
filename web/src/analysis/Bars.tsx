// Bars that lie on their side, so that names can be read on a phone; it comes after the page, as its library is heavy.
import { BarChart } from '@mantine/charts';
import { useMediaQuery } from '@mantine/hooks';
import { number } from '../formats.ts';
import '@mantine/charts/styles.layer.css';

type BarsProps = {
  /** What the picture shows, in words. */
  label: string;
  data: Record<string, string | number>[];
  series: { name: string; label: string; color: string }[];
};

export default function Bars({ label, data, series }: BarsProps) {
  const desk = useMediaQuery('(min-width: 48em)', true, { getInitialValueInEffect: false });
  return (
    <div role="img" aria-label={label}>
      <BarChart
        h={Math.max(120, data.length * 34 + 40)}
        data={data}
        dataKey="name"
        type="stacked"
        orientation="vertical"
        series={series}
        valueFormatter={value => number(value)}
        xAxisProps={{ allowDecimals: false }}
        yAxisProps={{ width: desk ? 130 : 92, interval: 0 }}
        barChartProps={{ accessibilityLayer: false }}
        barProps={{ isAnimationActive: false, maxBarSize: 22 }}
        tickLine="none"
        gridAxis="x"
      />
    </div>
  );
}
