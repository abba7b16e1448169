// What the LATCHKEY_S3_… settings say: where the bucket is, how it is spoken to, and in whose name.

export type BucketSettings = {
  /** Where objects lie: origin and, in path style, the bucket; without a slash at the end. */
  address: string;
  region: string;
  keyId: string;
  secret: string;
};

export type BucketKeys = {
  LATCHKEY_S3_BUCKET?: string | undefined;
  LATCHKEY_S3_ENDPOINT?: string | undefined;
  LATCHKEY_S3_REGION?: string | undefined;
  LATCHKEY_S3_KEY_ID?: string | undefined;
  LATCHKEY_S3_SECRET?: string | undefined;
  LATCHKEY_S3_PATH_STYLE?: string | undefined;
};

const keys = [
  'LATCHKEY_S3_BUCKET',
  'LATCHKEY_S3_ENDPOINT',
  'LATCHKEY_S3_REGION',
  'LATCHKEY_S3_KEY_ID',
  'LATCHKEY_S3_SECRET',
  'LATCHKEY_S3_PATH_STYLE',
] as const;

/** Reads the settings of the bucket; null where none is set, and the keys at fault where they do not go together. */
export function readBucketSettings(
  given: BucketKeys,
): { kind: 'ok'; settings: BucketSettings | null } | { kind: 'faulty'; keys: (keyof BucketKeys)[] } {
  if (keys.every(key => given[key] === undefined)) return { kind: 'ok', settings: null };
  const bucket = given.LATCHKEY_S3_BUCKET ?? '';
  const region = given.LATCHKEY_S3_REGION ?? 'us-east-1';
  const endpoint = URL.parse(given.LATCHKEY_S3_ENDPOINT ?? `https://s3.${region}.amazonaws.com`);
  const { LATCHKEY_S3_KEY_ID: keyId = '', LATCHKEY_S3_SECRET: secret = '' } = given;
  const style = given.LATCHKEY_S3_PATH_STYLE ?? 'false';
  const isEndpoint =
    endpoint !== null &&
    /^https?:$/.test(endpoint.protocol) &&
    endpoint.pathname === '/' &&
    endpoint.search + endpoint.hash + endpoint.username === '';
  const faulty: (keyof BucketKeys)[] = [
    ...(/^[a-z\d][a-z\d.-]{1,61}[a-z\d]$/.test(bucket) ? [] : ['LATCHKEY_S3_BUCKET' as const]),
    ...(isEndpoint ? [] : ['LATCHKEY_S3_ENDPOINT' as const]),
    ...(/^[\w-]{1,40}$/.test(region) ? [] : ['LATCHKEY_S3_REGION' as const]),
    ...(/^\S{1,200}$/.test(keyId) ? [] : ['LATCHKEY_S3_KEY_ID' as const]),
    ...(/^\S{1,200}$/.test(secret) ? [] : ['LATCHKEY_S3_SECRET' as const]),
    ...(/^(?:true|false)$/.test(style) ? [] : ['LATCHKEY_S3_PATH_STYLE' as const]),
  ];
  if (faulty.length > 0 || !endpoint) return { kind: 'faulty', keys: faulty };
  const address =
    style === 'true' ? `${endpoint.origin}/${bucket}` : `${endpoint.protocol}//${bucket}.${endpoint.host}`;
  return { kind: 'ok', settings: { address, region, keyId, secret } };
}
