// Amounts of money as people and other systems write them. Pure.

const units: Record<string, number> = { 元: 1, 万: 10_000, 万元: 10_000, 亿: 100_000_000, 亿元: 100_000_000 };
const signs: Record<string, string> = {
  '¥': 'CNY',
  '￥': 'CNY',
  $: 'USD',
  '€': 'EUR',
  '£': 'GBP',
  rmb: 'CNY',
};
const words: Record<string, string> = {
  人民币: 'CNY',
  美元: 'USD',
  欧元: 'EUR',
  英镑: 'GBP',
  日元: 'JPY',
  港币: 'HKD',
  港元: 'HKD',
};

/**
 * Reads `12,500.50`, `12.500,50 €`, `¥1 250`, `3.5万`, `CNY 100`; the answer is a decimal number in major units as a
 * text, or null for what is no amount.
 */
export function readAmount(text: string): string | null {
  const found =
    /^(?:[a-z]{3}|[¥￥$€£]|us\$|rmb|人民币)?\s*([\d][\d.,'’\s]*)\s*(亿元|万元|亿|万|元)?\s*(?:[a-z]{3}|[¥￥$€£]|rmb)?$/iu.exec(
      text.normalize('NFKC').replaceAll('\u00a5', '¥').trim(),
    );
  const digits = found?.[1]?.replace(/[\s'’]/g, '');
  if (!digits) return null;
  const mark = Math.max(digits.lastIndexOf('.'), digits.lastIndexOf(','));
  const behind = digits.length - mark - 1;
  const other = digits[mark] === ',' ? '.' : ',';
  const repeated = mark >= 0 && digits.indexOf(digits[mark] ?? '') !== mark;
  // A comma before three digits parts thousands, and so does a point before three digits where commas or points abound.
  const isDecimal =
    mark >= 0 && !repeated && (behind !== 3 || digits.includes(other) || digits[mark] === '.');
  const whole = isDecimal ? digits.slice(0, mark) : digits;
  const amount = Number(`${whole.replace(/[.,]/g, '')}.${isDecimal ? digits.slice(mark + 1) : '0'}`);
  const times = units[found?.[2] ?? '元'] ?? 1;
  const value = Number((amount * times).toFixed(4));
  return Number.isFinite(value) && value <= 10_000_000_000 ? String(value) : null;
}

/** Reads `CNY`, `usd`, `¥`, `U.S. Dollar`-less words we know; the answer is a code of ISO 4217, or null. */
export function readCurrency(text: string): string | null {
  const plain = text.normalize('NFKC').trim();
  if (/^[a-z]{3}$/i.test(plain)) return plain.toUpperCase() === 'RMB' ? 'CNY' : plain.toUpperCase();
  const code = /\b([A-Z]{3})\b/.exec(plain)?.[1];
  return signs[plain.toLowerCase()] ?? words[plain] ?? (code && plain.length < 40 ? code : null);
}

/** Reads `12`, `1,200.5`, `3 箱`; a decimal above nought with at most four places as a text, or null. */
export function readQuantity(text: string): string | null {
  const found = /^([\d.,\s]+)\p{L}{0,10}\.?$/u.exec(text.normalize('NFKC').trim());
  const amount = found?.[1] ? readAmount(found[1].trim()) : null;
  if (amount === null || Number(amount) <= 0 || Number(amount) >= 1_000_000_000) return null;
  return amount;
}

/**
 * Reads `13%`, `13`, `0.13`, `VAT 13 %`; the answer is in hundredths of a per cent as a text, or null for what is no
 * share. A bare number below one is a share of one.
 */
export function readPercent(text: string): string | null {
  const plain = text.normalize('NFKC').trim();
  if (/^(?:免税|exempt|none|tax free|0)$/i.test(plain)) return '0';
  const found = /^(?:[\p{L}\s.]{0,30})(\d+(?:[.,]\d+)?)\s*(%?)[\p{L}\s.]{0,20}$/u.exec(plain);
  // 8.5 折 leaves 85 % of the price.
  const left = /^(\d(?:\.\d+)?)\s*折$/.exec(plain)?.[1];
  if (left) return String(Math.round((10 - Number(left)) * 1_000));
  if (!found?.[1]) return null;
  const number = Number(found[1].replace(',', '.'));
  const share = found[2] === '' && number < 1 ? number * 100 : number;
  return share <= 100 ? String(Math.round(share * 100)) : null;
}
