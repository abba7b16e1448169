// What two records may have in common so that they look like one. Pure.

export type MarkKind = 'name' | 'phone' | 'email' | 'domain';
export type Mark = { kind: MarkKind; value: string };

/** Mailbox providers: who has an address there shares its domain with everybody. */
const freemail = new Set(
  `gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com yahoo.com.cn yahoo.cn ymail.com icloud.com
   me.com mac.com aol.com proton.me protonmail.com gmx.com gmx.de web.de mail.com mail.ru yandex.com yandex.ru zoho.com
   qq.com vip.qq.com foxmail.com 163.com vip.163.com 126.com vip.126.com yeah.net 188.com sina.com sina.cn vip.sina.com
   sohu.com tom.com 139.com 189.cn wo.cn 21cn.com aliyun.com 263.net eyou.com naver.com daum.net`.split(
    /\s+/,
  ),
);

/** The domain of a company's own mailbox; null for those of providers. */
export function companyDomain(email: string | null): string | null {
  const domain = email?.split('@').at(-1)?.toLowerCase() ?? '';
  return domain === '' || freemail.has(domain) ? null : domain;
}

export type Marked = { name_key: string | null; phone_digits: string | null; email: string | null };

/** What a record is compared by; the name of a person is no sign, as many share one, nor is a colleague's domain. */
export function marksOf(object: 'customer' | 'contact' | 'lead', row: Marked): Mark[] {
  const marks: Mark[] = [];
  const company = object === 'customer';
  if (company && row.name_key && [...row.name_key].length > 1)
    marks.push({ kind: 'name', value: row.name_key });
  if (row.phone_digits && row.phone_digits.length >= 7)
    marks.push({ kind: 'phone', value: row.phone_digits });
  if (row.email) marks.push({ kind: 'email', value: row.email });
  const domain = company ? companyDomain(row.email) : null;
  if (domain) marks.push({ kind: 'domain', value: domain });
  return marks;
}

/** All pairs of those ids, the smaller first. */
export function pairsOf(ids: readonly string[]): [string, string][] {
  const sorted = [...new Set(ids)].sort();
  return sorted.flatMap((a, at) => sorted.slice(at + 1).map((b): [string, string] => [a, b]));
}
