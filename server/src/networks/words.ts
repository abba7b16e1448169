// What is said about a range that somebody wants to trust, in both languages.
import type { Language } from '../problems.ts';

const w = (en: string, zh: string) => ({ en, 'zh-CN': zh });

const table = {
  'no-range': w(
    'Give an IP address or a CIDR range, such as 203.0.113.0/24.',
    '请填写 IP 地址或 CIDR 网段，例如 203.0.113.0/24。',
  ),
  everything: w(
    'The whole internet cannot be trusted. Give an address or a narrower range.',
    '不能信任整个互联网，请填写具体的地址或网段。',
  ),
  'too-wide': w(
    'That range is too wide: at most /8 for IPv4 and /32 for IPv6.',
    '网段范围过大：IPv4 最大 /8，IPv6 最大 /32。',
  ),
  loopback: w(
    'This is the server itself. Behind a reverse proxy that is not set as trusted, everybody seems to come from there.',
    '这是服务器本机地址。如果反向代理未设为可信代理，所有访问看起来都会来自这里。',
  ),
  wide: w(
    'This range is wide and holds addresses of many strangers. Trust a narrower one where you can.',
    '该网段较大，其中包含许多外部用户的地址，建议尽量缩小范围。',
  ),
  past: w('Choose a moment in the future.', '请选择将来的时间。'),
  'too-long': w('A network is trusted for at most 366 days.', '最长可信任 366 天。'),
  'no-such-person': w('This is nobody of this workspace.', '该成员不存在。'),
  'too-many': w(
    'There are 200 trusted networks already. End some that are not needed any more.',
    '受信任网络已达 200 个，请先停用不再需要的网络。',
  ),
  over: w('it is not trusted any more', '信任已结束'),
} satisfies Record<string, Record<Language, string>>;

export function words(key: keyof typeof table, language: Language): string {
  return table[key][language];
}

/** Which standing ranges already cover some of it. */
export function overlapWords(ranges: string[], language: Language): string {
  const shown = ranges.slice(0, 3).join(language === 'zh-CN' ? '、' : ', ');
  const more = ranges.length - 3;
  if (language === 'zh-CN')
    return more > 0
      ? `与 ${shown} 等 ${ranges.length} 个受信任网络重叠。`
      : `与已有的受信任网络 ${shown} 重叠。`;
  return `Overlaps with what is trusted already: ${shown}${more > 0 ? ` and ${more} more` : ''}.`;
}
