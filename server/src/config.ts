// The settings: one schema, each key with a sentence and a remedy; all faults are told together.
import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { z } from 'zod';
import { isGeoFile } from './geo.ts';
import { readMailSettings } from './mail-settings.ts';
import { type BucketSettings, readBucketSettings } from './object-store/settings.ts';
import { isBreachFile } from './screening/breach-file.ts';
import { readSmsSettings } from './sms/settings.ts';

const trueWords = new Set(['1', 'true', 'yes', 'on']);

const cidr = z.string().refine(isCidr, 'is not a CIDR range');

const Settings = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: z
    .string()
    .refine(v => isIP(v) > 0 || v === 'localhost', 'is no IP address')
    .default('127.0.0.1'),
  LATCHKEY_URL: z
    .url({ protocol: /^https?$/ })
    .refine(isOrigin, 'has a path or query')
    .optional(),
  LATCHKEY_DATA: z.string().min(1).default('./data'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  SMTP_URL: z
    .string()
    .refine(v => readMailSettings(v, 'http://localhost').kind === 'ok', 'is no mail server')
    .optional(),
  SMS_URL: z
    .string()
    .refine(v => readSmsSettings(v).kind === 'ok', 'is no text message service')
    .optional(),
  LATCHKEY_TRUSTED_PROXIES: z
    .string()
    .default('')
    .transform(v => v.split(/[\s,]+/).filter(Boolean))
    .pipe(z.array(cidr)),
  LATCHKEY_GEOIP: z.string().min(1).refine(isGeoFile, 'is no GeoIP file').optional(),
  LATCHKEY_BREACH_FILE: z.string().min(1).refine(isBreachFile, 'is no breach file').optional(),
  LATCHKEY_S3_BUCKET: z.string().optional(),
  LATCHKEY_S3_ENDPOINT: z.string().optional(),
  LATCHKEY_S3_REGION: z.string().optional(),
  LATCHKEY_S3_KEY_ID: z.string().optional(),
  LATCHKEY_S3_SECRET: z.string().optional(),
  LATCHKEY_S3_PATH_STYLE: z.string().optional(),
  LATCHKEY_SECRET_FILE: z.string().min(1).optional(),
  LATCHKEY_LOG: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  LATCHKEY_METRICS_TOKEN: z.string().min(16).optional(),
});

const remedies: Record<keyof z.infer<typeof Settings>, string> = {
  PORT: 'the port to listen on, a whole number from 0 to 65535, e.g. PORT=3000',
  HOST: 'the address to listen on, e.g. HOST=127.0.0.1 or HOST=0.0.0.0',
  LATCHKEY_URL:
    'the public address people type, without a path, e.g. LATCHKEY_URL=https://crm.example.com; links in messages are built from it alone',
  LATCHKEY_DATA: 'a folder for the data, e.g. LATCHKEY_DATA=./data',
  DATABASE_URL:
    'the address of your PostgreSQL, e.g. DATABASE_URL=postgres://user:password@host:5432/latchkey; leave it out for the embedded one',
  SMTP_URL:
    'the mail server, e.g. SMTP_URL=smtps://user:password@mail.example.com:465 or smtp://…:587, with ?from=crm@example.com for the sender; STARTTLS is demanded unless it says ?tls=none',
  SMS_URL:
    'the text message service, e.g. SMS_URL=aliyun://key:secret@signature/template, tencent://id:key@signature/app/template, twilio://account:token@sender, or https://:token@sms.example.com/send#{"phone":"{{to}}","text":"{{text}}"} for any that takes JSON',
  LATCHKEY_TRUSTED_PROXIES:
    'your own reverse proxies, comma-separated CIDR ranges, e.g. LATCHKEY_TRUSTED_PROXIES=10.0.0.0/8; leave it empty when there is none',
  LATCHKEY_GEOIP:
    'a readable file in MaxMind’s .mmdb format with cities, such as GeoLite2-City or DB-IP City Lite, e.g. LATCHKEY_GEOIP=/var/lib/geoip/city.mmdb; leave it out to go without',
  LATCHKEY_BREACH_FILE:
    'a readable file of breached passwords as haveibeenpwned.com ships it, SHA-1:count lines sorted by hash, e.g. LATCHKEY_BREACH_FILE=/var/lib/latchkey/pwned-passwords-sha1.txt; leave it out to screen by the shipped list alone',
  LATCHKEY_S3_BUCKET:
    'the bucket that files attached to records go to, e.g. LATCHKEY_S3_BUCKET=crm-files; leave all LATCHKEY_S3_… out to keep files in the data folder',
  LATCHKEY_S3_ENDPOINT:
    'the origin of the object store, without a path, e.g. LATCHKEY_S3_ENDPOINT=https://oss-cn-hangzhou.aliyuncs.com; leave it out for Amazon S3',
  LATCHKEY_S3_REGION:
    'the region of the bucket, e.g. LATCHKEY_S3_REGION=cn-hangzhou; us-east-1 when left out',
  LATCHKEY_S3_KEY_ID: 'the id of an access key that may read, write, delete and list in the bucket',
  LATCHKEY_S3_SECRET: 'the secret of that access key',
  LATCHKEY_S3_PATH_STYLE:
    'true where the bucket stands in the path instead of the host name, as with MinIO; false or left out otherwise',
  LATCHKEY_SECRET_FILE:
    'a file that holds the installation secret (made at the first start when missing), e.g. LATCHKEY_SECRET_FILE=/etc/latchkey/secret',
  LATCHKEY_LOG: 'how much is logged: debug, info, warn, error or silent',
  LATCHKEY_METRICS_TOKEN: 'a token of at least 16 characters that /metrics asks for from other machines',
};

/** All settings of one server process, checked; `demo` and the password come from the command line. */
export type Config = {
  port: number;
  host: string;
  /** Public origin without a trailing slash; null until the port is known when PORT is 0. */
  url: string;
  secure: boolean;
  dataDir: string;
  databaseUrl: string | null;
  smtpUrl: string | null;
  smsUrl: string | null;
  /** Where files attached to records go; null for the data folder. */
  bucket: BucketSettings | null;
  trustedProxies: string[];
  /** Path of a MaxMind-format file for rough origins; null for none. */
  geoIp: string | null;
  /** Path of a sorted file of breached passwords' SHA-1 hashes; null for none. */
  breachFile: string | null;
  secretFile: string;
  logLevel: z.infer<typeof Settings>['LATCHKEY_LOG'];
  metricsToken: string | null;
  demo: boolean;
  demoPassword: string | null;
  /** Cost of a password hash; lowered by tests only. */
  passwordCost: { memoryCost: number; timeCost: number };
  /** Replies are checked against the contract; on in tests. */
  checkReplies: boolean;
};

/** Reads settings from an environment and arguments; never throws, names every fault with its remedy. */
export function readConfig(
  env: Record<string, string | undefined>,
  args: string[] = [],
): { kind: 'ok'; config: Config } | { kind: 'faulty'; faults: string[] } {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = Settings.safeParse(given);
  const faults: string[] = [];
  const flags = readArguments(args, faults);
  if (!parsed.success) {
    for (const key of new Set(parsed.error.issues.map(issue => String(issue.path[0])))) {
      faults.push(`${key} is wrong: give ${remedies[key as keyof typeof remedies]}`);
    }
  }
  const bucket = readBucketSettings(given);
  for (const key of bucket.kind === 'faulty' ? bucket.keys : [])
    faults.push(`${key} is wrong: give ${remedies[key]}`);
  if (!parsed.success || bucket.kind === 'faulty' || faults.length > 0) return { kind: 'faulty', faults };
  const s = parsed.data;
  const url = (s.LATCHKEY_URL ?? `http://${urlHost(s.HOST)}:${s.PORT}`).replace(/\/$/, '');
  const dataDir = resolve(s.LATCHKEY_DATA);
  return {
    kind: 'ok',
    config: {
      port: s.PORT,
      host: s.HOST,
      url,
      secure: url.startsWith('https:'),
      dataDir,
      databaseUrl: s.DATABASE_URL ?? null,
      smtpUrl: s.SMTP_URL ?? null,
      smsUrl: s.SMS_URL ?? null,
      bucket: bucket.settings,
      trustedProxies: s.LATCHKEY_TRUSTED_PROXIES,
      geoIp: s.LATCHKEY_GEOIP ? resolve(s.LATCHKEY_GEOIP) : null,
      breachFile: s.LATCHKEY_BREACH_FILE ? resolve(s.LATCHKEY_BREACH_FILE) : null,
      secretFile: s.LATCHKEY_SECRET_FILE ? resolve(s.LATCHKEY_SECRET_FILE) : `${dataDir}/secret`,
      logLevel: s.LATCHKEY_LOG,
      metricsToken: s.LATCHKEY_METRICS_TOKEN ?? null,
      demo: flags.demo || trueWords.has(env.LATCHKEY_DEMO ?? ''),
      demoPassword: flags.demoPassword,
      passwordCost: { memoryCost: 19_456, timeCost: 2 },
      checkReplies: false,
    },
  };
}

function readArguments(args: string[], faults: string[]) {
  let demo = false;
  let demoPassword: string | null = null;
  for (let i = 0; i < args.length; i++) {
    const arg = args[i];
    if (arg === '--demo') demo = true;
    else if (arg === '--demo-password') demoPassword = args[++i] ?? null;
    else if (arg?.startsWith('--demo-password=')) demoPassword = arg.slice('--demo-password='.length);
    else faults.push(`${arg} is not known: the options are --demo and --demo-password WORDS`);
    if (arg?.startsWith('--demo-password') && (demoPassword ?? '').length < 8)
      faults.push('--demo-password is wrong: give a password of at least 8 characters');
  }
  return { demo, demoPassword };
}

/** The host part of a URL for a listening address; an address that means "all" becomes loopback. */
function urlHost(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return isIP(host) === 6 ? `[${host}]` : host;
}

function isOrigin(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '';
}

function isCidr(text: string): boolean {
  const [address = '', bits, rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || rest !== undefined) return false;
  if (bits === undefined) return true;
  return /^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128);
}
