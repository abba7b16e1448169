// How single values read in an exported file. Pure.
import type { ActivityKind, CustomerStage } from '../db/tables.ts';
import type { Language } from '../problems.ts';

export type Words = Record<Language, string>;
export type Style = { language: Language; timeZone: string };

const both = (en: string, zh: string): Words => ({ en, 'zh-CN': zh });

export const stages: Record<CustomerStage, Words> = {
  new: both('New', '新客户'),
  contacted: both('Contacted', '已联系'),
  interested: both('Interested', '有意向'),
  negotiating: both('Negotiating', '洽谈中'),
  won: both('Won', '已成交'),
  lost: both('Lost', '已流失'),
};

export const kinds: Record<ActivityKind, Words> = {
  call: both('Call', '电话'),
  visit: both('Visit', '拜访'),
  meeting: both('Meeting', '会议'),
  note: both('Note', '备注'),
  email: both('Email', '邮件'),
  message: both('Message', '微信'),
};

const decimals = new Map<string, number>();

/** An amount in minor units as a plain decimal number in major ones. */
export function majorUnits(minor: number, currency: string): string {
  let digits = decimals.get(currency);
  if (digits === undefined) {
    try {
      const format = new Intl.NumberFormat('en', { style: 'currency', currency });
      digits = format.resolvedOptions().maximumFractionDigits ?? 2;
    } catch {
      digits = 2;
    }
    decimals.set(currency, digits);
  }
  return (minor / 10 ** digits).toFixed(digits);
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** `2024-05-06 13:04:05+08:00`: local for the reader, exact for whoever reads it back. */
export function local(at: string | null, { timeZone }: Style): string | null {
  if (!at) return null;
  let clock = clocks.get(timeZone);
  if (!clock) {
    clock = new Intl.DateTimeFormat('sv-SE', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
      timeZoneName: 'longOffset',
    });
    clocks.set(timeZone, clock);
  }
  return clock
    .format(new Date(at))
    .replace(/\s?GMT/, '')
    .replace('\u2212', '-');
}
