// The closed set of problems and the one place that turns them into words; RFC 9457 on the wire.

export type Language = 'zh-CN' | 'en';

type Words = { title: string; detail: string };
type Entry = { status: number; en: Words; zh: Words };

const w = (title: string, detail: string): Words => ({ title, detail });

const table = {
  refused: {
    status: 401,
    en: w(
      'Sign-in refused',
      'The name or the password is not right. Check both, or choose “Forgot password”.',
    ),
    zh: w('登录未成功', '账号或密码不正确。请检查后重试，或选择“忘记密码”。'),
  },
  'signed-out': {
    status: 401,
    en: w('Not signed in', 'Your session has ended or was never opened. Sign in; what you typed is kept.'),
    zh: w('尚未登录', '您的会话已结束或尚未登录。请登录，已填写的内容会保留。'),
  },
  'code-wrong': {
    status: 401,
    en: w('Code not right', 'That code is not right. Check the latest message and type it again.'),
    zh: w('验证码不正确', '验证码不正确，请核对最近一封消息后重新输入。'),
  },
  'code-dead': {
    status: 401,
    en: w('Code no longer valid', 'This code has expired or was used up. Ask for a new one.'),
    zh: w('验证码已失效', '该验证码已过期或已失效，请重新获取。'),
  },
  'passkey-refused': {
    status: 401,
    en: w('Passkey not accepted', 'This passkey was not accepted. Try again, or use another method.'),
    zh: w('通行密钥未通过验证', '该通行密钥未通过验证，请重试或改用其他方式。'),
  },
  'link-dead': {
    status: 404,
    en: w(
      'Link no longer valid',
      'This link has run out or is not complete. Open it again from the message, or sign in and look under your account.',
    ),
    zh: w('链接已失效', '该链接已过期或不完整。请从邮件中重新打开，或登录后在账号页面查看。'),
  },
  'not-allowed': {
    status: 403,
    en: w('Not permitted', 'Your role does not permit this. Ask an administrator if you need it.'),
    zh: w('没有权限', '您的角色没有此项权限。如有需要，请联系系统管理员。'),
  },
  'confirm-first': {
    status: 403,
    en: w(
      'Confirm that it is you',
      'This is about who gets in or what people may do: first confirm by your password or one of your methods.',
    ),
    zh: w('请先验证身份', '此操作涉及账号安全或成员权限，请先使用密码或已有的验证方式确认是您本人。'),
  },
  'factor-first': {
    status: 403,
    en: w(
      'One more proof is needed',
      'This account has a second sign-in method. Prove it before you set a new password, or ask an administrator if it is lost.',
    ),
    zh: w(
      '还需要一次验证',
      '该账号设置了登录验证方式，设置新密码前请先完成验证；如已丢失，请联系系统管理员。',
    ),
  },
  'answers-first': {
    status: 403,
    en: w(
      'The security questions come first',
      'Answer the security questions of this account before you set a new password, or ask an administrator.',
    ),
    zh: w('请先回答安全问题', '该账号设置了安全问题，设置新密码前请先回答；如无法回答，请联系系统管理员。'),
  },
  'foreign-origin': {
    status: 403,
    en: w('Request from another site', 'This request came from another web site and was not carried out.'),
    zh: w('来自其他网站的请求', '该请求来自其他网站，未予执行。'),
  },
  'not-found': {
    status: 404,
    en: w('Not found', 'There is nothing here, or you are not permitted to see it.'),
    zh: w('未找到', '此处没有内容，或者您无权查看。'),
  },
  'no-such-address': {
    status: 404,
    en: w(
      'No such address',
      'This address does not exist. The list of addresses is at /api/v1/openapi.json.',
    ),
    zh: w('地址不存在', '该地址不存在。全部地址见 /api/v1/openapi.json。'),
  },
  'wrong-method': {
    status: 405,
    en: w('Method not offered', 'This address does not offer that method.'),
    zh: w('不支持该方法', '该地址不支持此请求方法。'),
  },
  'set-up-done': {
    status: 404,
    en: w('Already set up', 'This installation has been set up; the set-up page is gone. Sign in instead.'),
    zh: w('已完成初始化', '系统已完成初始化，初始化页面已关闭。请直接登录。'),
  },
  'set-up-needed': {
    status: 409,
    en: w('Not set up yet', 'Open {url}/set-up in a browser and make the workspace first.'),
    zh: w('尚未初始化', '请先在浏览器中打开 {url}/set-up 创建企业空间。'),
  },
  conflict: {
    status: 409,
    en: w('In conflict', '{what} is in conflict with something that is already there.'),
    zh: w('存在冲突', '{what}与已有内容冲突。'),
  },
  'passkey-unavailable': {
    status: 409,
    en: w(
      'Passkeys cannot be used here',
      'Browsers bind passkeys to a host name over https. Set LATCHKEY_URL to one, e.g. https://crm.example.com.',
    ),
    zh: w(
      '此处无法使用通行密钥',
      '浏览器只支持在域名和 https 下使用通行密钥。请将 LATCHKEY_URL 设置为域名地址，例如 https://crm.example.com。',
    ),
  },
  'name-taken': {
    status: 409,
    en: w('Address in use', 'Somebody already signs in with this e-mail address. Choose another.'),
    zh: w('邮箱已被使用', '已有成员使用该邮箱登录，请换一个。'),
  },
  'wrong-state': {
    status: 409,
    en: w('Not possible now', 'This cannot be done in the present state: {state}.'),
    zh: w('当前无法执行', '当前状态({state})下无法执行此操作。'),
  },
  'changed-meanwhile': {
    status: 412,
    en: w(
      'Changed meanwhile',
      'Somebody has changed this record since you opened it. Compare both versions and save again; what you typed is kept.',
    ),
    zh: w('记录已被他人修改', '您打开之后，该记录已被他人修改。请对比两个版本后再保存，您填写的内容已保留。'),
  },
  'too-large': {
    status: 413,
    en: w('Too large', 'The request is larger than {limit} bytes. Send less at once.'),
    zh: w('内容过大', '请求超过 {limit} 字节，请减少单次提交的内容。'),
  },
  'not-json': {
    status: 415,
    en: w('Wrong content type', 'Send the body as application/json.'),
    zh: w('内容类型不正确', '请以 application/json 格式提交。'),
  },
  'not-csv': {
    status: 415,
    en: w('Wrong content type', 'Send the file as text/csv or application/octet-stream.'),
    zh: w('内容类型不正确', '请以 text/csv 或 application/octet-stream 格式上传文件。'),
  },
  'wrong-content-type': {
    status: 415,
    en: w('Wrong content type', 'Send the body as one of these: {types}.'),
    zh: w('内容类型不正确', '请使用以下类型之一提交：{types}。'),
  },
  'foreign-host': {
    status: 421,
    en: w('Wrong host name', 'This server does not answer to that host name. Use the address {url}.'),
    zh: w('主机名不正确', '本服务器不响应该主机名，请使用地址 {url}。'),
  },
  invalid: {
    status: 422,
    en: w(
      'Please check what you entered',
      'Some of it is missing or not right; see the members of “faults”.',
    ),
    zh: w('请检查填写内容', '部分内容缺失或不正确，详见 faults。'),
  },
  'file-unreadable': {
    status: 422,
    en: w('This file cannot be read', '{why}'),
    zh: w('无法读取该文件', '{why}'),
  },
  'file-type': {
    status: 415,
    en: w(
      'This kind of file is not taken in',
      'Its content or its ending is not one of those allowed: PDF, pictures, Office files, text, sound, film, ZIP. Content and ending must agree.',
    ),
    zh: w(
      '不支持此类文件',
      '仅支持 PDF、图片、Office 文档、文本、音视频和 ZIP 文件，且文件内容须与扩展名一致。',
    ),
  },
  'storage-full': {
    status: 507,
    en: w(
      'The server’s disk is full',
      'The file was not kept. Ask an administrator to make room, then try again.',
    ),
    zh: w('服务器存储空间已满', '文件未保存。请联系系统管理员清理空间后重试。'),
  },
  'key-reused': {
    status: 422,
    en: w(
      'Idempotency key used before',
      'This Idempotency-Key was used for a different request. Take a new key.',
    ),
    zh: w('幂等键已被使用', '该 Idempotency-Key 已用于另一个请求，请更换新的键。'),
  },
  'password-too-weak': {
    status: 422,
    en: w('Choose another password', '{why}'),
    zh: w('请更换密码', '{why}'),
  },
  locked: {
    status: 423,
    en: w('Locked for now', 'Too many failed attempts. See below why, until when, and how to get in sooner.'),
    zh: w('暂时锁定', '失败尝试次数过多。下方说明原因、锁定截止时间以及尽快恢复登录的方法。'),
  },
  'slow-down': {
    status: 429,
    en: w('Too many requests', 'Please wait {seconds} seconds before you try again.'),
    zh: w('请求过于频繁', '请等待 {seconds} 秒后再试。'),
  },
  'proof-spent': {
    status: 429,
    en: w(
      'Too many tries with this method',
      'From devices that are not known here this method has been tried too often, not necessarily by you. Use another method now, or a device on which you have signed in before; or wait {seconds} seconds.',
    ),
    zh: w(
      '该方式尝试次数过多',
      '来自陌生设备的尝试次数过多（不一定是您本人操作）。请立即改用其他验证方式，或使用曾登录过的设备；也可等待 {seconds} 秒后再试。',
    ),
  },
  unexpected: {
    status: 500,
    en: w(
      'Something went wrong',
      'That was our fault and nothing was saved. Try again; if it stays, tell support the number {id}.',
    ),
    zh: w('系统出错', '这是系统的问题，内容未被保存。请重试；若仍出现，请将编号 {id} 告知客服。'),
  },
  busy: {
    status: 503,
    en: w(
      'Busy right now',
      'The server has a great deal to do. It tries again in {seconds} seconds; nothing was counted against you.',
    ),
    zh: w('系统繁忙', '服务器当前负载较高，请在 {seconds} 秒后重试；本次不计入失败次数。'),
  },
  'storage-away': {
    status: 503,
    en: w(
      'The file storage is out of reach',
      'Nothing was lost: a file you sent was not kept, files kept before are safe. Try again in a few minutes; if it lasts, tell an administrator.',
    ),
    zh: w(
      '文件存储暂时无法访问',
      '没有丢失任何数据：本次上传的文件未保存，已保存的文件不受影响。请几分钟后重试；如持续出现，请联系系统管理员。',
    ),
  },
  'database-away': {
    status: 503,
    en: w(
      'The database is out of reach',
      'Nothing was saved and nothing was lost. Try again in a few seconds.',
    ),
    zh: w('数据库暂时无法连接', '内容未保存，也没有丢失任何数据。请几秒后重试。'),
  },
} as const satisfies Record<string, Entry>;

export type ProblemCode = keyof typeof table;

export const problemCodes = Object.keys(table) as ProblemCode[];

/** A problem on its way out: what the answer is made of, in no language yet. */
export type Problem = {
  code: ProblemCode;
  words?: Record<string, string | number>;
  /** Further members of the problem document, e.g. `lock`, `faults`, `current`. */
  members?: Record<string, unknown>;
  /** Seconds after which trying again helps. */
  retryAfter?: number;
  /** The document as {@link readyDocument} made it before, in the visitor's language; `members` are put to it. */
  ready?: string;
};

/** HTTP status of a problem. */
export function statusOf(code: ProblemCode): number {
  return table[code].status;
}

/**
 * A document that will be sent often, as JSON without its closing brace and without what differs each time: the
 * correlation id and the members that go with it.
 */
export function readyDocument(problem: Problem, language: Language): string {
  const { correlationId: _, ...rest } = problemDocument(problem, language, '');
  return JSON.stringify(rest).slice(0, -1);
}

/** The text of a problem document. */
export function problemText(problem: Problem, language: Language, correlationId: string): string {
  if (problem.ready === undefined) return JSON.stringify(problemDocument(problem, language, correlationId));
  return `${problem.ready},${JSON.stringify({ correlationId, ...problem.members }).slice(1)}`;
}

/** The problem document (RFC 9457) in one language. */
export function problemDocument(problem: Problem, language: Language, correlationId: string) {
  const entry = table[problem.code];
  const words = language === 'zh-CN' ? entry.zh : entry.en;
  return {
    type: `/problems/${problem.code}`,
    title: words.title,
    status: entry.status,
    detail: fill(words.detail, { id: correlationId, ...problem.words }),
    code: problem.code,
    correlationId,
    ...problem.members,
  };
}

function fill(text: string, words: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (_, key: string) => String(words[key] ?? ''));
}
