// Permissions, roles and changes in words, for letters; pages have their own.
import type { Role } from '../permissions.ts';
import type { Language } from '../problems.ts';

type Told = Record<Language, string>;

const actions: Record<string, Told> = {
  read: { en: 'view', 'zh-CN': '查看' },
  create: { en: 'add', 'zh-CN': '新增' },
  update: { en: 'change', 'zh-CN': '修改' },
  delete: { en: 'delete', 'zh-CN': '删除' },
  export: { en: 'export', 'zh-CN': '导出' },
  import: { en: 'import', 'zh-CN': '导入' },
  configure: { en: 'set up', 'zh-CN': '设置' },
};

const objects: Record<string, Told> = {
  customer: { en: 'customers', 'zh-CN': '客户' },
  contact: { en: 'contacts', 'zh-CN': '联系人' },
  activity: { en: 'activities', 'zh-CN': '跟进记录' },
  intake: { en: 'incoming customer information', 'zh-CN': '客户信息接收' },
  person: { en: 'colleagues', 'zh-CN': '成员' },
  lock: { en: 'locks', 'zh-CN': '锁定' },
  policy: { en: 'policies', 'zh-CN': '安全策略' },
  audit: { en: 'the log', 'zh-CN': '日志' },
};

const roles: Record<Role, Told> = {
  administrator: { en: 'administrator', 'zh-CN': '系统管理员' },
  manager: { en: 'manager', 'zh-CN': '主管' },
  rep: { en: 'sales', 'zh-CN': '销售' },
  auditor: { en: 'auditor', 'zh-CN': '审计员' },
};

/** A permission, e.g. “export customers”. */
export function permissionWords(action: string, object: string, language: Language): string {
  const glue = language === 'zh-CN' ? '' : ' ';
  return `${actions[action]?.[language] ?? action}${glue}${objects[object]?.[language] ?? object}`;
}

export function roleWords(role: Role, language: Language): string {
  return roles[role][language];
}

export const changeWords = {
  role: (role: string): Told => ({
    en: `Your role is now: ${role}.`,
    'zh-CN': `您的角色已调整为：${role}。`,
  }),
  team: (): Told => ({ en: 'Your team was changed.', 'zh-CN': '您所在的团队已调整。' }),
  ends: (until: string): Told => ({
    en: `Your account now works until ${until}.`,
    'zh-CN': `您的账号现可使用至 ${until}。`,
  }),
  endless: (): Told => ({
    en: 'Your account no longer has an end.',
    'zh-CN': '您的账号已取消使用期限。',
  }),
  granted: (what: string, until: string | null): Told => ({
    en: until ? `You may now ${what}, until ${until}.` : `You may now ${what}.`,
    'zh-CN': until ? `您已获得权限：${what}，有效期至 ${until}。` : `您已获得权限：${what}。`,
  }),
  ended: (what: string): Told => ({
    en: `You may no longer ${what}.`,
    'zh-CN': `您的权限已被收回：${what}。`,
  }),
  refused: (what: string): Told => ({
    en: `Your request was refused: ${what}.`,
    'zh-CN': `您的申请未获批准：${what}。`,
  }),
  extension: (): Told => ({ en: 'more time for the account', 'zh-CN': '账号延期' }),
};
