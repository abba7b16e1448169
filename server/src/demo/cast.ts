// Who works at the demo's trading company.
import type { Role } from '../db/tables.ts';
import type { Language } from '../problems.ts';

export type TeamKey = 'home' | 'overseas';
export type PersonKey = 'admin' | 'manager' | 'rep' | 'rep2' | 'rep3' | 'auditor';

export const company = { name: '海川国际贸易 · Haichuan Trading', language: 'zh-CN', slug: 'main' } as const;

export const teams: Record<TeamKey, string> = {
  home: '华东团队 · East China',
  overseas: '海外团队 · Overseas',
};

type Member = {
  name: string;
  email: string;
  role: Role;
  team: TeamKey | null;
  language: Language;
  /** What he sees, in the words of the table printed at the start. */
  sees: string;
};

const member = (
  key: PersonKey,
  name: string,
  role: Role,
  team: TeamKey | null,
  language: Language,
  sees: string,
): Member => ({ name, email: `${key}@demo.test`, role, team, language, sees });

export const cast: Record<PersonKey, Member> = {
  admin: member('admin', '陈志远 Simon Chen', 'administrator', null, 'zh-CN', 'everything, and the settings'),
  manager: member('manager', '王雅琴 Grace Wang', 'manager', 'home', 'zh-CN', 'the team of rep and rep2'),
  rep: member('rep', '李思源 Leo Li', 'rep', 'home', 'zh-CN', 'own customers only'),
  rep2: member('rep2', 'Emma Clarke 柯艾玛', 'rep', 'home', 'en', 'own customers only'),
  rep3: member('rep3', 'Daniel Okoro', 'rep', 'overseas', 'en', 'own customers only, in another team'),
  auditor: member('auditor', '周明 Martin Zhou', 'auditor', null, 'en', 'everything, changes nothing'),
};

export const keys = Object.keys(cast) as PersonKey[];
