// Text messages over services that check real signatures, come late, refuse, and are named by wrong settings.
import { pino } from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import { e164, masked } from './phone.ts';
import { openSms, type Sms } from './sender.ts';
import {
  aliyunSignature,
  checkAliyun,
  checkTencent,
  checkTwilio,
  openService,
  type Taken,
} from './services.fixture.ts';
import { readSmsSettings } from './settings.ts';

const log = pino({ level: 'silent' });
const account = { id: 'LTAI5tExample', secret: 'se/cret+With=signs' };
const user = `${account.id}:${encodeURIComponent(account.secret)}`;
const sms: Sms = {
  id: '0199-1',
  to: '+8613800138000',
  text: '【Latchkey】验证码 123456',
  code: '123456',
  minutes: 10,
};

type Service = Awaited<ReturnType<typeof openService>>;
const open: Service[] = [];
afterEach(async () => {
  for (const service of open.splice(0)) await service.close();
});
async function service(check: (taken: Taken) => { status: number; body: unknown }): Promise<Service> {
  const one = await openService(check);
  open.push(one);
  return one;
}
const good = () => ({ status: 200, body: {} });

describe('services', () => {
  it('checks signatures as Alibaba Cloud documents them', () => {
    const headers = {
      host: 'ecs.cn-shanghai.aliyuncs.com',
      'x-acs-action': 'RunInstances',
      'x-acs-content-sha256': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      'x-acs-date': '2023-10-26T10:22:32Z',
      'x-acs-signature-nonce': '3156853299f313e23d1673dc12e1703d',
      'x-acs-version': '2014-05-26',
    };
    const url = '/?ImageId=win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd&RegionId=cn-shanghai';
    const taken = { method: 'POST', url, headers, body: '' };
    const names = Object.keys(headers).sort().join(';');
    expect(aliyunSignature('YourAccessKeySecret', taken, names)).toBe(
      '06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0',
    );
  });

  it('sends over Alibaba Cloud, with a Chinese signature, the template and its code', async () => {
    const cloud = await service(checkAliyun(account));
    const smsUrl = `aliyun://${user}@阿里云短信/SMS_154950909?endpoint=${cloud.address}`;
    expect(await openSms({ smsUrl }, log).send(sms)).toEqual({ kind: 'sent' });
    const query = new URL(cloud.taken[0]?.url ?? '', cloud.address).searchParams;
    expect(Object.fromEntries(query)).toEqual({
      OutId: '0199-1',
      PhoneNumbers: '13800138000',
      SignName: '阿里云短信',
      TemplateCode: 'SMS_154950909',
      TemplateParam: '{"code":"123456"}',
    });
    expect(cloud.taken[0]?.headers['x-acs-action']).toBe('SendSms');
    const wrong = openSms({ smsUrl: smsUrl.replace(user, `${account.id}:other`) }, log);
    expect(await wrong.send(sms)).toMatchObject({ kind: 'failed', final: true });
    const abroad = { ...sms, to: '+15005550006' };
    await openSms({ smsUrl }, log).send(abroad);
    expect(cloud.taken[1]?.url).toContain('PhoneNumbers=15005550006');
  });

  it('sends over Tencent Cloud', async () => {
    const cloud = await service(checkTencent(account));
    const smsUrl = `tencent://${user}@腾讯云/1400000/449739?endpoint=${cloud.address}`;
    expect(await openSms({ smsUrl }, log).send(sms)).toEqual({ kind: 'sent' });
    expect(JSON.parse(cloud.taken[0]?.body ?? '')).toEqual({
      PhoneNumberSet: ['+8613800138000'],
      SmsSdkAppId: '1400000',
      SignName: '腾讯云',
      TemplateId: '449739',
      TemplateParamSet: ['123456', '10'],
      SessionContext: '0199-1',
    });
    const wrong = openSms({ smsUrl: smsUrl.replace(user, `${account.id}:other`) }, log);
    expect(await wrong.send(sms)).toMatchObject({ kind: 'failed', final: true });
  });

  it('sends over Twilio', async () => {
    const cloud = await service(checkTwilio(account));
    const smsUrl = `twilio://${user}@+15005550006?endpoint=${cloud.address}`;
    expect(await openSms({ smsUrl }, log).send(sms)).toEqual({ kind: 'sent' });
    expect(Object.fromEntries(new URLSearchParams(cloud.taken[0]?.body))).toEqual({
      To: '+8613800138000',
      From: '+15005550006',
      Body: sms.text,
    });
    const wrong = openSms({ smsUrl: smsUrl.replace(user, `${account.id}:other`) }, log);
    expect(await wrong.send(sms)).toMatchObject({ kind: 'failed', final: true });
  });

  it('posts JSON of any shape to a gateway, whatever stands in the text', async () => {
    const gateway = await service(good);
    const shape = encodeURIComponent('{"phone":"{{to}}","n":1,"content":{"body":["{{text}}"]}}');
    const smsUrl = `${gateway.address.replace('//', '//:tok%3Den@')}/send?app=1#${shape}`;
    const text = 'a "quoted" \\ {{to}} line';
    expect(await openSms({ smsUrl }, log).send({ ...sms, text })).toEqual({ kind: 'sent' });
    const [one] = gateway.taken;
    expect(one?.url).toBe('/send?app=1');
    expect(one?.headers.authorization).toBe('Bearer tok=en');
    expect(JSON.parse(one?.body ?? '')).toEqual({ phone: sms.to, n: 1, content: { body: [text] } });
  });
});

describe('trouble', () => {
  it('is tried again where that may help, and given up where it cannot', async () => {
    const gateway = await service(good);
    const sender = openSms({ smsUrl: `${gateway.address}/send` }, log, { timeoutMs: 300 });
    gateway.answers.push({ status: 503 }, { status: 429 }, { status: 400 }, 'hang');
    const outcomes = [];
    for (let i = 0; i < 5; i++) outcomes.push(await sender.send(sms));
    expect(outcomes.map(o => (o.kind === 'sent' ? 'sent' : [o.reason.split(':')[0], o.final]))).toEqual([
      ['put-off', false],
      ['put-off', false],
      ['refused', true],
      ['timeout', false],
      'sent',
    ]);
    await gateway.close();
    open.length = 0;
    expect(await sender.send(sms)).toMatchObject({ kind: 'failed', final: false });
  });

  it('reads the limits of the clouds as passing and their refusals as final', async () => {
    const cloud = await service(checkAliyun(account));
    const sender = openSms({ smsUrl: `aliyun://${user}@sign/T1?endpoint=${cloud.address}` }, log);
    cloud.answers.push(
      { status: 200, body: { Code: 'isv.BUSINESS_LIMIT_CONTROL', Message: 'too many' } },
      { status: 200, body: { Code: 'isv.SMS_SIGNATURE_ILLEGAL', Message: 'no\nsuch' } },
    );
    expect(await sender.send(sms)).toMatchObject({ final: false });
    expect(await sender.send(sms)).toEqual({
      kind: 'failed',
      final: true,
      reason: 'refused: isv.SMS_SIGNATURE_ILLEGAL no such',
    });
  });

  it('sends no notice where only codes have a template, and follows no redirect', async () => {
    const cloud = await service(checkAliyun(account));
    const smsUrl = `aliyun://${user}@sign/T1?endpoint=${cloud.address}`;
    expect(openSms({ smsUrl }, log).carries({ code: null })).toBe(false);
    expect(await openSms({ smsUrl }, log).send({ ...sms, code: null })).toMatchObject({ final: true });
    expect(openSms({ smsUrl: `${smsUrl}&notice=T2` }, log).carries({ code: null })).toBe(true);
    const gateway = await service(() => ({ status: 302, body: {} }));
    expect((await openSms({ smsUrl: gateway.address }, log).send(sms)).kind).toBe('failed');
    expect((await openSms({ smsUrl: gateway.address }, log).send({ ...sms, to: '10086' })).kind).toBe(
      'failed',
    );
  });
});

describe('settings', () => {
  it.each([
    ['http://sms.example.com/send', 'http:// is for this machine only; give https://'],
    ['https://sms.example.com/#{"to":1}', 'what follows # holds no {{to}}, or neither {{text}} nor {{code}}'],
    ['https://sms.example.com/#not-json', 'what follows # is no JSON'],
    ['aliyun://key@sign/T1', 'key and secret are missing: give scheme://key:secret@…'],
    ['aliyun://key:secret@sign', 'the template is missing: aliyun://key:secret@signature/template'],
    ['aliyun://key:secret@sign/T?endpoint=http://evil.example', 'endpoint= is no https:// address'],
    ['aliyun://key:secret@sign/T?params=name', 'params= names other than code and minutes'],
    ['tencent://key:secret@sign/1400', 'app or template is missing: tencent://id:key@signature/app/template'],
    ['ftp://key:secret@sign/T1', 'its scheme is none of https, aliyun, tencent, twilio'],
    ['nonsense', 'it is no URL with a host'],
    ['aliyun://key:se%zz@sign/T1', 'it holds a % that is not followed by two hexadecimal digits'],
  ])('%s: %s', (text, why) => {
    expect(readSmsSettings(text)).toEqual({ kind: 'faulty', why });
  });
});

describe('numbers', () => {
  it.each([
    ['13800138000', '+8613800138000'],
    ['138 0013 8000', '+8613800138000'],
    ['＋８６ 138-0013-8000', '+8613800138000'],
    ['0086 13800138000', '+8613800138000'],
    ['+44 20 7946 0958', '+442079460958'],
    ['+1 (212) 555-2368', '+12125552368'],
    ['10086', null],
    ['13800138000 or so', null],
    ['+8613800138000,+8613900139000', null],
    ['tel:+8613800138000', null],
    ['', null],
  ])('%s is %s', (typed, number) => {
    expect(e164(typed)).toBe(number);
  });

  it('are shown so that only their owner knows them', () => {
    expect(masked('+8613800138042')).toBe('+86 138 •••• 42');
  });
});
