import type { RequestBody } from '../../http/outgoing.ts'

/** Microsoft Graph of one connection, signed in: v1.0, but for what a request wants of the beta version. */
export interface GraphTransport extends AsyncDisposable {
  /**
   * Sends one request below its version, with immutable ids. It first waits for the limits that are known (of the mailbox, and what the server asked for);
   * it is never sent twice, but for the one time after a token was renewed, when the server says that it didn't look at it. Where a question is sent on to another place of
   * the same Graph, it goes there ("Handle archive mailbox redirects").
   *
   * Answers what Graph answers, an error about the thing asked for too (`GraphResponse.error`; `graphError` has it in our words).
   * Throws what isn't about it: `host.*`, `tls.*`, `signIn.*`, `secret.*`, `tenant.*`; `server.busy` (429, 503: later requests of the mailbox wait so long);
   * `server.dropped` and `server.stalled`, which leave open whether it was carried out; `server.protocol` (what answers isn't Graph); and what `beforeSend`
   * throws, unsent or not to its end.
   */
  send(request: GraphRequest, options: SendOptions): Promise<GraphResponse>
  /**
   * Sends up to 20 requests as one `$batch`, which Graph carries out in no particular order, at most four at once. Answers in the order of the requests, each
   * with its own status, 429 and 5xx too; all of one version. Throws as `send` does where the batch as a whole fails.
   */
  batch(requests: readonly BatchRequest[], options: SendOptions): Promise<readonly GraphResponse[]>
  /** Sends to an address that Graph gave with its own authorisation in it (`uploadUrl`, `importUrl`), without ours. Neither errors nor logs ever hold it. */
  sendTo(url: string, request: DirectRequest, options: SendOptions): Promise<GraphResponse>
}

export type GraphMethod = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'

export interface GraphRequest {
  readonly method: GraphMethod
  /** Below the version, with the query, encoded: `/users/x/messages?$top=10`. Or a whole `@odata.nextLink` or `deltaLink`, which has to be of the same Graph. */
  readonly path: string
  /** The version in which Microsoft may change everything, and supports nothing in production. Absent: v1.0. */
  readonly version?: 'beta'
  readonly headers?: Readonly<Record<string, string>>
  /** JSON; or bytes of a type. */
  readonly json?: unknown
  readonly content?: Content
  /** The body of a good answer comes as it arrives, in `stream`, and has to be read or ended with `return()`. */
  readonly raw?: boolean
}

/** In a batch, bodies are JSON. */
export type BatchRequest = Omit<GraphRequest, 'content' | 'raw'>

export type DirectRequest = Omit<GraphRequest, 'path' | 'raw'>

export interface Content {
  readonly type: string
  readonly bytes: RequestBody
}

export interface GraphResponse {
  readonly status: number
  header(name: string): string | undefined
  /** Of an answer in JSON; to be checked with a schema. */
  readonly json?: unknown
  /** Of an answer of another type. */
  readonly bytes?: Buffer
  readonly stream?: AsyncIterable<Buffer>
  /** What Graph says went wrong; absent for a good answer. */
  readonly error?: GraphProblem
}

/** An error body of Graph (Microsoft Graph, "Microsoft Graph error responses and resource types"). */
export interface GraphProblem {
  /** Closed list in no document: `ErrorItemNotFound`, `Request_ResourceNotFound`, … */
  readonly code: string
  /** One line, scrubbed. */
  readonly message: string
  /** By which Microsoft's support finds it. */
  readonly requestId?: string
}

export interface SendOptions {
  readonly signal: AbortSignal
  /** Whose limits it counts against: the mailbox as it stands in the path. */
  readonly mailbox?: string
  /** Called right before any of the request's bytes go out, several times for a large one. */
  readonly beforeSend?: () => void
  /** Milliseconds without a byte in either direction; two minutes unless told. */
  readonly timeoutMs?: number
  /** Told in milliseconds before a limit, or the server, makes the request wait. */
  readonly onBusy?: (ms: number) => void
}
