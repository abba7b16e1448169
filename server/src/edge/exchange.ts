// A request and a reply as the gates see them, the same whether they come over a socket or from a test.

export type Asked = {
  path: string;
  header: (name: string) => string | undefined;
  /** The address the connection comes from, and the one it came in on; undefined without a socket. */
  peer: string | undefined;
  local: string | undefined;
  /** The client's address where a test says it. */
  address?: string | undefined;
  /** The first value of each name in the query. */
  query: () => Record<string, string>;
  params: Record<string, string>;
  /** The body; null when it is larger than `limit` bytes. */
  text: (limit: number) => Promise<string | null>;
  /** The whole request, for endpoints that read a raw body. */
  request: () => Request;
};

export type Sent = {
  status: number;
  headers: Record<string, string | string[]>;
  body: string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array> | null;
};

/** The reply as the web's own type. */
export function asResponse({ status, headers, body }: Sent): Response {
  const single: Record<string, string> = {};
  const several: [name: string, value: string][] = [];
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value === 'string') single[name] = value;
    else several.push(...value.map((each): [string, string] => [name, each]));
  }
  const response = new Response(body, { status, headers: single });
  for (const [name, value] of several) response.headers.append(name, value);
  return response;
}
