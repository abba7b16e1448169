// A client as outsiders write them: cookies, JSON, an address; over the application without a socket.
import type { Hono } from 'hono';
import type { Bindings } from '../app.ts';
import type { Config } from '../config.ts';

/** A reply's JSON, to be looked into freely: each test says what it expects of it. */
export type Loose = ReturnType<typeof JSON.parse>;

export type Reply = {
  status: number;
  headers: Headers;
  body: Loose;
  text: string;
};

export type Send = {
  body?: unknown;
  headers?: Record<string, string>;
  address?: string;
  raw?: string | Uint8Array<ArrayBuffer>;
};

let addresses = 0;

export class Client {
  readonly cookies = new Map<string, string>();
  readonly address: string;
  private readonly app: Hono<{ Bindings: Bindings }>;
  private readonly config: Config;

  constructor(app: Hono<{ Bindings: Bindings }>, config: Config, address?: string) {
    this.app = app;
    this.config = config;
    addresses += 1;
    this.address = address ?? `198.18.${(addresses >> 8) & 255}.${addresses & 255}`;
  }

  /** Sends `"GET /customers?limit=1"` below /api/v1, or a whole path after the method when it starts with `//`. */
  async send(line: string, options: Send = {}): Promise<Reply> {
    const [method = 'GET', path = '/'] = line.split(' ');
    const headers = new Headers({ host: new URL(this.config.url).host, ...options.headers });
    let body: string | Uint8Array<ArrayBuffer> | undefined;
    if (options.raw !== undefined) body = options.raw;
    else if (options.body !== undefined) {
      body = JSON.stringify(options.body);
      if (!headers.has('content-type')) headers.set('content-type', 'application/json');
    }
    if (this.cookies.size > 0 && !headers.has('cookie'))
      headers.set('cookie', [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    const url = path.startsWith('//') ? path.slice(1) : `/api/v1${path}`;
    const response = await this.app.request(
      `${this.config.url}${url}`,
      { method, headers, ...(body === undefined ? {} : { body }) },
      { address: options.address ?? this.address },
    );
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';');
      const equals = pair.indexOf('=');
      const value = pair.slice(equals + 1);
      if (value === '' || /max-age=0\b/i.test(cookie)) this.cookies.delete(pair.slice(0, equals));
      else this.cookies.set(pair.slice(0, equals), value);
    }
    const text = await response.text();
    const json = /json/.test(response.headers.get('content-type') ?? '');
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: json && text ? JSON.parse(text) : text,
    };
  }

  get = (path: string, options?: Send) => this.send(`GET ${path}`, options);
  post = (path: string, body: unknown = {}, options: Send = {}) =>
    this.send(`POST ${path}`, { ...options, body });
  put = (path: string, body: unknown, options: Send = {}) => this.send(`PUT ${path}`, { ...options, body });
  patch = (path: string, body: unknown, options: Send = {}) =>
    this.send(`PATCH ${path}`, { ...options, body });
  delete = (path: string, options?: Send) => this.send(`DELETE ${path}`, options);

  /** Signs in and fails loudly when that does not work. */
  async signIn(name: string, password: string): Promise<Reply> {
    const reply = await this.post('/session', { name, password });
    if (reply.status !== 200 || `${reply.body.kind}` !== 'signed-in')
      throw new Error(`${name} could not sign in: ${reply.status} ${reply.text}`);
    return reply;
  }
}
