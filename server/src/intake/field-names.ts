// Which field is meant by a name that a form, a script or a vCard uses, in English and Chinese. Pure.

/** What is looked for in what was sent; `name` may be a person's or a company's. */
export type Meaning =
  | 'company'
  | 'person'
  | 'name'
  | 'given'
  | 'family'
  | 'title'
  | 'phone'
  | 'mobile'
  | 'email'
  | 'wechat'
  | 'website'
  | 'industry'
  | 'city'
  | 'address'
  | 'message'
  | 'technical';

const words: Record<Meaning, string> = {
  company:
    'company|company name|organization|organisation|org|account|account name|business|business name|firm|employer|customer name|公司|公司名|公司名称|公司全称|企业|企业名称|单位|单位名称|贵公司|贵司名称|所在公司|客户|客户名|客户名称|机构|店铺名称',
  person:
    'contact|contact name|contact person|full name|your name|person|fn|联系人|联系人姓名|姓名|您的姓名|你的姓名|称呼|您的称呼|真实姓名|怎么称呼',
  name: 'name|n|nickname|customer|lead|client|名称|名字|昵称',
  given: 'first name|given name|forename|fname|名',
  family: 'last name|family name|surname|lname|姓|姓氏',
  title: 'job title|title|position|role|职务|职位|岗位|头衔',
  phone:
    'phone|phone number|tel|telephone|phone no|contact number|work phone|电话|电话号码|联系电话|公司电话|座机|固定电话|联系方式|您的电话',
  mobile:
    'mobile|mobile phone|mobile number|cell|cell phone|cellphone|手机|手机号|手机号码|移动电话|您的手机|您的手机号|联系手机',
  email:
    'email|e-mail|mail|email address|your email|work email|邮箱|电子邮箱|邮箱地址|电子邮件|邮件|您的邮箱',
  wechat: 'wechat|wechat id|weixin|wx|x-wechat|微信|微信号',
  website: 'website|web|site|url|homepage|company website|网址|网站|官网|公司网站|主页',
  industry: 'industry|sector|行业|所属行业|所在行业',
  city: 'city|town|城市|所在城市|市',
  address: 'address|street|street address|adr|地址|详细地址|公司地址|联系地址|所在地区|地区',
  message:
    'message|your message|comment|comments|note|notes|remark|remarks|enquiry|inquiry|question|content|text|body|description|subject|requirement|requirements|needs|留言|留言内容|备注|内容|咨询内容|咨询|需求|需求描述|您的需求|问题|描述|说明|反馈|意见|主题',
  technical:
    '_charset_|_token|csrf|csrf_token|g-recaptcha-response|h-captcha-response|cf-turnstile-response|form_id|form-id|submit|提交',
};

const known = new Map<string, Meaning>();
for (const [meaning, names] of Object.entries(words))
  for (const name of names.split('|')) known.set(folded(name), meaning as Meaning);

function folded(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\((?:必填|选填|required|optional)\)/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, '');
}

/**
 * What a field's name means, whatever its case, signs and spaces; null for what is not known. Of a path such as
 * `contact.phone` the last name counts, and `contact.name` is a person, `company.name` a company.
 */
export function meaningOf(name: string): Meaning | null {
  const whole = known.get(folded(name));
  if (whole) return whole;
  // "fields[phone]" and "lead[contact][name]" are paths as well.
  const path = name.split(/[.[\]/]+/).filter(Boolean);
  const last = known.get(folded(path.at(-1) ?? '')) ?? null;
  if (path.length < 2 || last === null) return last;
  if (last !== 'name') return last;
  const above = known.get(folded(path.at(-2) ?? ''));
  return above === 'person' || above === 'company' ? above : last;
}
